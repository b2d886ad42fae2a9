import type { Config } from '../../../../config/schema.ts';
import type { PageReading } from '../../import/PageReading.ts';
import type { Destinations } from '../Destination.ts';
import type { Catalogue } from '../Source.ts';
import type { GitHubApi } from './createGitHubApi.ts';
import { createGitHubSource } from './createGitHubSource.ts';

const HOUR_MS = 3_600_000;

/** The repositories that the config names. */
export function createGitHubCatalogue(
  { repositories, cron, staleHours }: Config['github'],
  deps: {
    readonly api: GitHubApi;
    readonly reading: PageReading;
    readonly destinations: Destinations;
    readonly maxBytes: number;
  },
): Catalogue {
  return {
    kind: 'github',
    sources: () =>
      Promise.all(
        repositories.map(async ({ name, space, audience, ...parts }) => {
          const spaceId = await deps.destinations.space(space);
          const [owner = '', repo = ''] = name.split('/');
          const settings = {
            ...{ ...parts, owner, repo, spaceId, cron, staleAfterMs: staleHours * HOUR_MS },
            audience: audience && deps.destinations.audience(spaceId, audience),
            maxFileBytes: deps.maxBytes,
          };
          return createGitHubSource(settings, deps);
        }),
      ),
  };
}
