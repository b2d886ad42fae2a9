import { BackscrollError } from '../../base/BackscrollError.ts';
import { sha256 } from '../../base/hash.ts';
import type { AudienceFacts, Ingest } from '../../knowledge/ingest/Ingest.ts';
import type { Sources } from '../../store/sources.ts';
import type { Spaces } from '../../store/spaces.ts';
import { slugOf } from '../import/spaceName.ts';

/** As the operator writes it: whoever is in the space (guests are not), or whoever may read one of its channels. */
export type AudienceSetting = 'everybody' | { readonly channel: string };

/** Where the documents of a source that the config names belong. */
export interface Destinations {
  /** The space of that name; a local one of that name is made if there is none. */
  space(name: string): Promise<string>;
  /** @throws BackscrollError `not-found` for a channel that is not known, so that nothing is shown to others instead */
  audience(spaceId: string, setting: AudienceSetting): AudienceFacts;
}

export function createDestinations(deps: {
  readonly spaces: Pick<Spaces, 'find'>;
  readonly sources: Pick<Sources, 'readable'>;
  readonly ingest: Pick<Ingest, 'space'>;
}): Destinations {
  return {
    async space(name) {
      const known = await deps.spaces.find(name);
      if (known) return known.id;
      const slug = slugOf(name);
      const taken = await deps.spaces.find(`local:${slug}`);
      const id = taken ? `local:${slug}-${sha256(name.toLowerCase()).slice(0, 8)}` : `local:${slug}`;
      await deps.ingest.space({ id, platform: 'local', name: name.trim() }, []);
      return id;
    },
    audience(spaceId, setting) {
      if (setting === 'everybody') return { kind: 'everybody' };
      const wanted = setting.channel.replace(/^#/, '').toLowerCase();
      const channel = deps.sources
        .readable(spaceId)
        .find(
          ({ kind, key, name }) =>
            kind === 'channel' && [key, name.replace(/^#/, '')].some((one) => one.toLowerCase() === wanted),
        );
      if (channel) return { kind: 'as', source: channel.id };
      throw new BackscrollError(
        'not-found',
        `The channel ${setting.channel}, whose readers are to be those of documents, is not known here yet. Sync or import it first, or mend the audience.`,
      );
    },
  };
}
