import type { PersonNames } from '../../store/personNames.ts';
import { createFindNames, type FindNames } from '../redact/findNames.ts';
import { type IsOrdinary, loadOrdinaryWords } from '../redact/ordinaryWords.ts';

/** Finds the people of spaces in texts. */
export interface NamesOf {
  /** Of these spaces together; undefined when there are none. Kept ready, and made anew when somebody became known. */
  spaces(spaceIds: readonly string[]): Promise<FindNames | undefined>;
  /** Only those of a space who became known after a number. */
  since(spaceId: string, after: number): Promise<FindNames>;
  /** Another number when somebody became known. */
  latest(): number;
}

/** So many spaces' names are kept ready. */
const MOST_SPACES = 50;

export function createNamesOf(names: PersonNames): NamesOf {
  /** `seen`: the state of all names in which it was last looked whether those of this space are the same. */
  const known = new Map<string, { seen: string; readonly state: string; readonly find: FindNames }>();

  function ofSpace(spaceId: string, isOrdinary: IsOrdinary): FindNames {
    const seen = names.state();
    const found = known.get(spaceId);
    if (found?.seen === seen) return found.find;
    const state = names.stateOf(spaceId);
    if (found?.state === state) {
      found.seen = seen;
      return found.find;
    }
    const find = createFindNames(names.list(spaceId), { spaceId, isOrdinary });
    if (known.size >= MOST_SPACES) known.clear();
    known.set(spaceId, { seen, state, find });
    return find;
  }

  return {
    latest: names.latest,
    async spaces(spaceIds) {
      if (spaceIds.length === 0) return undefined;
      const isOrdinary = await loadOrdinaryWords();
      const all = spaceIds.map((spaceId) => ofSpace(spaceId, isOrdinary));
      return all.length === 1 ? all[0] : (text) => all.flatMap((find) => find(text));
    },
    since: async (spaceId, after) =>
      createFindNames(names.list(spaceId, after), { spaceId, isOrdinary: await loadOrdinaryWords() }),
  };
}
