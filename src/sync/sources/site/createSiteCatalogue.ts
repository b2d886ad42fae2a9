import type { Config } from '../../../../config/schema.ts';
import type { Destinations } from '../Destination.ts';
import type { Catalogue } from '../Source.ts';
import { createSiteSource, type SiteDeps } from './createSiteSource.ts';

const DAY_MS = 86_400_000;

/** The web sites that the config names. A site is known by its address in its space. */
export function createSiteCatalogue(
  sites: Config['sites'],
  deps: SiteDeps & { readonly destinations: Destinations },
): Catalogue {
  return {
    kind: 'site',
    sources: () =>
      Promise.all(
        sites.map(async ({ url, space, name, audience, cron, refreshDays, maxPages }) => {
          const spaceId = await deps.destinations.space(space);
          const { host, pathname, href } = new URL(url);
          const key = `${host}${pathname.replace(/\/+$/, '')}`;
          const place = {
            ...{ spaceId, kind: 'site' as const, key, name: name ?? key, url: href },
            audience: deps.destinations.audience(spaceId, audience),
          };
          const refreshMs = refreshDays * DAY_MS;
          return createSiteSource(place, { ...{ url: href, cron, maxPages, refreshMs }, staleAfterMs: DAY_MS }, deps);
        }),
      ),
  };
}
