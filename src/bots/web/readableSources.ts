import type { CountedSource } from '../../store/sources.ts';
import { readerOfAll } from './reader.ts';
import type { WebDeps } from './WebDeps.ts';

/** The sources that the web chat's reader may read at this moment; of the others not even the names are told. */
export async function readableSources(
  deps: Pick<WebDeps, 'spaces' | 'audiences' | 'sources'>,
): Promise<CountedSource[]> {
  const audiences = deps.audiences(await readerOfAll(deps));
  return deps.sources.counted(audiences.map(({ id }) => id));
}
