import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { SourceRecord } from '../../store/sources.ts';
import type { Operation, RunningApp } from './Operation.ts';

export interface RemoveResult {
  readonly removed: { readonly kind: 'space' | 'source'; readonly id: string; readonly name: string };
  readonly documents: number;
  readonly messages: number;
  readonly answersErased: number;
  /** It was kept in step, and is left out of that from now on. */
  readonly leftOut: boolean;
}

/**
 * Removes a space, or one source of it: by name, id, or `space/source`. Its words leave the disk. What is kept in step is
 * left out from then on, so that it does not come back.
 */
export const removeOperation: Operation<{ name: string }, RemoveResult> = {
  name: 'remove',
  arguments: z.object({ name: z.string().min(1) }),
  async run(app, { name }) {
    const { removal, spaces, sources } = app.store;
    const space = await spaces.find(name);
    const matching = space ? [] : named(name, await sources.list());
    if (!space && matching.length === 0) {
      const names = (await spaces.list()).map((known) => known.name);
      throw new BackscrollError(
        'not-found',
        `There is no space or source called "${name}". ${names.length > 0 ? `Spaces: ${names.join(', ')}.` : 'Nothing has been imported yet.'}`,
      );
    }
    if (space) await app.imports.stop(space.id);
    const leftOut = await leaveOut(app, space, matching);
    const counts = { documents: 0, messages: 0, answersErased: 0 };
    for (const one of space ? [space] : matching) {
      const its = await (typeof one.id === 'string' ? removal.space(one.id) : removal.source(one.id));
      counts.documents += its.documents;
      counts.messages += its.messages;
      counts.answersErased += its.answersErased;
    }
    await removal.scrub();
    app.indexer.wake();
    await app.indexer.idle({ signal: AbortSignal.timeout(30_000) }).catch(() => {}); // it goes on by itself
    const [source] = matching;
    const removed = space
      ? { kind: 'space' as const, id: space.id, name: space.name }
      : { kind: 'source' as const, id: `${source?.spaceId}/${source?.key}`, name };
    return { removed, ...counts, leftOut };
  },
};

/** One source, or the parts of one repository. */
function named(name: string, all: readonly SourceRecord[]): SourceRecord[] {
  const idOf = ({ spaceId, key }: SourceRecord) => `${spaceId}/${key}`;
  const matching = all.filter(
    (source) =>
      [source.name, source.key, idOf(source)].includes(name) ||
      (source.kind === 'repository' && [source.key, idOf(source)].some((key) => key.startsWith(`${name}/`))),
  );
  const wholes = new Set(matching.map((source) => (source.kind === 'repository' ? wholeOf(source) : idOf(source))));
  if (wholes.size > 1) {
    const ids = [...new Set(matching.map(idOf))];
    throw new BackscrollError('usage', `"${name}" names several sources: ${ids.join(', ')}. Use one of these.`);
  }
  return matching;
}

const wholeOf = ({ spaceId, key }: SourceRecord) => `${spaceId}/${key.split('/').slice(0, 2).join('/')}`;

/** First, so that nothing comes back while it goes. */
async function leaveOut(
  { store, keeping }: RunningApp,
  space: { readonly id: string; readonly name: string } | undefined,
  [source]: readonly SourceRecord[],
): Promise<boolean> {
  const states = store.syncStates.list();
  if (space) {
    if (!states.some(({ spaceId, kind }) => spaceId === space.id && kind !== 'links')) return false;
    await keeping.sync.choice.leaveOut(space);
    return true;
  }
  if (!source) return false;
  const { spaceId, key } = source;
  const its = states.filter((state) => state.spaceId === spaceId);
  const ids = new Set([`${spaceId}/${key}`, ...KINDS.map((kind) => `${kind}:${key.replace(/\s+/g, '-')}`)]);
  const synced = its.find(({ id }) => ids.has(id));
  const whole = its.find(({ id, name }) => id === `github:${name}` && key.startsWith(`${name}/`));
  if (!synced && whole) {
    const sentence = `${source.name} is a part of ${whole.name}. Remove that, or say which parts are read in github.repositories.`;
    throw new BackscrollError('usage', sentence);
  }
  if (synced) await keeping.sync.choice.leaveOut(synced);
  return synced !== undefined;
}

/** Whose sources the config names. */
const KINDS = ['folder', 'site', 'github'];
