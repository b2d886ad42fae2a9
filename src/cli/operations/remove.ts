import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Operation } from './Operation.ts';

export interface RemoveResult {
  readonly removed: { readonly kind: 'space' | 'source'; readonly id: string; readonly name: string };
  readonly documents: number;
  readonly messages: number;
  readonly answersErased: number;
}

/** Removes a space, or one source of it: by name, id, or `space/source`. Its words leave the disk. */
export const removeOperation: Operation<{ name: string }, RemoveResult> = {
  name: 'remove',
  arguments: z.object({ name: z.string().min(1) }),
  async run(app, { name }) {
    const { removal, spaces, sources } = app.store;
    const space = await spaces.find(name);
    const matching = space
      ? []
      : (await sources.list()).filter(
          (source) => source.name === name || source.key === name || `${source.spaceId}/${source.key}` === name,
        );
    const [source, another] = matching;
    if (!space && !source) {
      const names = (await spaces.list()).map((known) => known.name);
      throw new BackscrollError(
        'not-found',
        `There is no space or source called "${name}". ${names.length > 0 ? `Spaces: ${names.join(', ')}.` : 'Nothing has been imported yet.'}`,
      );
    }
    if (another) {
      const ids = matching.map(({ spaceId, key }) => `${spaceId}/${key}`);
      throw new BackscrollError('usage', `"${name}" names several sources: ${ids.join(', ')}. Use one of these.`);
    }
    if (space) await app.imports.stop(space.id);
    const counts = space ? await removal.space(space.id) : await removal.source(source?.id as number);
    await removal.scrub();
    app.indexer.wake();
    await app.indexer.idle({ signal: AbortSignal.timeout(30_000) }).catch(() => {}); // it goes on by itself
    const removed = space
      ? { kind: 'space' as const, id: space.id, name: space.name }
      : { kind: 'source' as const, id: `${source?.spaceId}/${source?.key}`, name };
    return { removed, ...counts };
  },
};
