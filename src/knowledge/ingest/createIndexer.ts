import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../store/store.ts';
import type { GenerationRecord, WantedVector } from '../../store/vectorQueue.ts';
import { place } from '../chroma/placement.ts';
import { plainText } from '../chunk/plainText.ts';
import type { Embedder } from '../embed/Embedder.ts';
import type { VectorIndex, VectorRow } from '../VectorIndex.ts';

const ROWS_AT_ONCE = 512;
const RETRY_MS = 2000;

/** Brings the vector index to what the database says, in the background, again and again until it is so. */
export interface Indexer {
  /**
   * Says that there may be work.
   * @param first done before it, while nothing is written: an audit, a rebuild
   */
  wake(first?: () => Promise<unknown>): void;
  /** How many vectors are not yet where they belong. */
  left(): Promise<number>;
  /** Resolves when nothing is left, or at once when the index cannot be reached (the work is remembered). */
  idle(options: { readonly signal: AbortSignal; readonly report?: (left: number) => void }): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The work there is lies in the database: a process that was killed, or a server that was down, costs nothing but time.
 */
export function createIndexer(deps: {
  readonly store: Pick<Store, 'generations' | 'vectorQueue' | 'vectorAudit' | 'promote'>;
  readonly index: VectorIndex;
  /** Resolves when the index can be asked; rejects with the reason why not. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  readonly embedder: Embedder;
  readonly promoteAtPassages: number;
  readonly log: Log;
}): Indexer {
  const { store, index, embedder, log } = deps;
  const stopping = new AbortController();
  const listeners = new Set<(left: number | 'unreachable') => void>();
  let running: Promise<void> | undefined;
  let again = false;
  let retry: NodeJS.Timeout | undefined;
  const firsts: (() => Promise<unknown>)[] = [];

  async function target(): Promise<GenerationRecord> {
    const known = (await store.generations.list()).find(
      ({ embedder: id, state }) => id === embedder.id && state !== 'retired',
    );
    return known ?? store.generations.begin(embedder.id, await embedder.dimensions());
  }

  /** One round of work; false when there was none. */
  async function round(generation: GenerationRecord): Promise<boolean> {
    const wanted = await store.vectorQueue.wanted(generation.id, ROWS_AT_ONCE);
    const unwanted = await store.vectorQueue.unwanted(generation.id, ROWS_AT_ONCE);
    if (wanted.length === 0 && unwanted.length === 0) return false;
    const vectors = await embedder.embed(wanted.map(embeddedText), { kind: 'passage', signal: stopping.signal });
    const rows = new Map<string, VectorRow[]>();
    const leaving = new Map<string, string[]>();
    const placed = wanted.map((row, i) => {
      const collection = place({
        generation: generation.name,
        audienceKind: row.audienceKind,
        audienceId: row.audienceId,
        spaceId: row.spaceId,
        promoted: row.promoted === 1,
      });
      const vector = vectors[i] as Float32Array;
      append(rows, collection, { id: String(row.passageId), vector, audience: row.audienceId });
      if (row.collection && row.collection !== collection) append(leaving, row.collection, String(row.passageId));
      return { passageId: row.passageId, collection, audienceId: row.audienceId };
    });
    for (const { passageId, collection } of unwanted) append(leaving, collection, String(passageId));
    for (const [collection, batch] of rows) await index.upsert(collection, batch);
    for (const [collection, ids] of leaving) await index.remove(collection, ids);
    await store.vectorQueue.done(
      generation.id,
      placed,
      unwanted.map(({ passageId }) => passageId),
    );
    return true;
  }

  async function tidyGenerations(generation: GenerationRecord) {
    // Half-filled ones of embedders that were tried in between go with the one that served.
    if ((await store.generations.list()).some(({ id, state }) => id !== generation.id && state !== 'retired')) {
      await store.generations.serve(generation.id);
      log.info({ embedder: generation.embedder }, 'the new vectors serve from now on');
    }
    for (const old of await store.generations.list()) {
      if (old.state !== 'retired') continue;
      for (const collection of await store.vectorAudit.collections(old.id)) await index.collections.drop(collection);
      await store.generations.forget(old.id);
    }
  }

  async function work() {
    try {
      await deps.ready(stopping.signal);
      for (let first = firsts[0]; first; first = firsts[0]) {
        await first();
        firsts.shift();
      }
      const generation = await target();
      await store.promote(deps.promoteAtPassages);
      while (!stopping.signal.aborted && (await round(generation))) {
        const left = await store.vectorQueue.left(generation.id);
        for (const listener of listeners) listener(left);
      }
      if (!stopping.signal.aborted) await tidyGenerations(generation);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const sentence = error instanceof BackscrollError ? error.message : String(error);
      log.warn({ err: error }, `vectors wait: ${sentence}`);
      for (const listener of listeners) listener('unreachable');
      retry = setTimeout(() => wake(), RETRY_MS);
      retry.unref();
    }
  }

  function wake(first?: () => Promise<unknown>) {
    if (stopping.signal.aborted) return;
    if (first) firsts.push(first);
    if (running) {
      again = true;
      return;
    }
    running = work().finally(() => {
      running = undefined;
      if (again) {
        again = false;
        wake();
      } else for (const listener of listeners) listener(0);
    });
  }

  return {
    wake,
    async left() {
      const generations = await store.generations.list();
      const current = generations.find(({ embedder: id, state }) => id === embedder.id && state !== 'retired');
      return current ? store.vectorQueue.left(current.id) : 0;
    },
    idle({ signal, report }) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          listeners.delete(listener);
          signal.removeEventListener('abort', aborted);
          settle();
        };
        const aborted = () => finish(() => reject(signal.reason));
        const listener = (left: number | 'unreachable') => {
          if (left === 'unreachable' || left === 0) finish(resolve);
          else report?.(left);
        };
        if (signal.aborted) return reject(signal.reason);
        if (stopping.signal.aborted) return resolve();
        signal.addEventListener('abort', aborted);
        listeners.add(listener);
        wake();
      });
    },
    async stop() {
      stopping.abort();
      clearTimeout(retry);
      await running;
    },
  };
}

function embeddedText({ documentTitle, titlePath, text }: WantedVector): string {
  return [...new Set([documentTitle, ...titlePath]), plainText(text)].join('\n');
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
