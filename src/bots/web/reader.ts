import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Reader } from '../../knowledge/Reader.ts';
import type { Spaces } from '../../store/spaces.ts';

interface Deps {
  readonly spaces: Pick<Spaces, 'list'>;
}

/** The reader that the web chat stands for: what everybody may read in each imported space. */
export async function readerOfAll({ spaces }: Deps): Promise<Reader> {
  return { kind: 'everybody', spaces: (await spaces.list()).map(({ id }) => id) };
}

/** The same for one space alone. Throws BackscrollError `not-found` when it is not there (any more). */
export async function readerOf(deps: Deps, space: string | undefined): Promise<Reader> {
  if (space === undefined) return readerOfAll(deps);
  if (await deps.spaces.list().then((list) => list.some(({ id }) => id === space))) {
    return { kind: 'everybody', spaces: [space] };
  }
  throw new BackscrollError('not-found', 'The chosen space is not here any more. Choose another one and ask again.');
}
