import type { Audiences, OpenAudience } from '../../store/audiences.ts';
import type { ServedReader } from '../../store/learning.ts';
import type { Sources } from '../../store/sources.ts';

/**
 * Whether a reader may know what was asked in a place: of a channel, who reads it at this moment; of a person's own
 * place, that person; of everybody's, who reads all that everybody there reads.
 */
export function createMayKnow(deps: {
  readonly audiences: Audiences;
  readonly openAudience: OpenAudience;
  readonly sources: Pick<Sources, 'readable'>;
}) {
  return (reader: ServedReader): ((askedIn: ServedReader) => boolean) => {
    const audienceIds = deps.audiences(reader).map(({ id }) => id);
    const channels = new Map<string, ReadonlySet<string>>();
    const channelsOf = (space: string) => {
      const known = channels.get(space);
      if (known) return known;
      const readable = deps.sources.readable(space, audienceIds).filter(({ kind }) => kind === 'channel');
      const keys = new Set(readable.map(({ key }) => key));
      channels.set(space, keys);
      return keys;
    };
    const readsOpen = (space: string) => {
      const open = deps.openAudience(space);
      return open !== undefined && audienceIds.includes(open);
    };
    return (askedIn) => {
      if (askedIn.kind === 'place') return channelsOf(askedIn.space).has(askedIn.channelId);
      if (askedIn.kind === 'everybody') return askedIn.spaces.length > 0 && askedIn.spaces.every(readsOpen);
      return reader.kind === 'person' && reader.space === askedIn.space && reader.personId === askedIn.personId;
    };
  };
}
