import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { WordHit, WordReply, WordRequest } from './request.ts';

/** Searches over words, in reader threads. */
export interface WordSearch {
  /** Passages that match an FTS5 expression and belong to one of the audiences, best first. None without audiences. */
  search(request: {
    readonly match: string;
    readonly audiences: readonly number[];
    readonly titleWeight: number;
    readonly limit: number;
  }): Promise<WordHit[]>;
  /** In how many passages each token occurs, and (a minute old at most) how many passages there are. */
  counts(tokens: readonly string[]): Promise<{ counts: Map<string, number>; passages: number }>;
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (reply: WordReply) => void; reject: (error: Error) => void }>;
}

/** @param file the database; it must have been migrated */
export function createWordSearch(file: string, threads = Math.min(4, Math.max(2, availableParallelism()))): WordSearch {
  const pool: (Thread | undefined)[] = Array.from({ length: threads });
  let closed = false;
  let n = 0;

  function begin(slot: number): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { file } });
    const thread: Thread = { worker, waiting: new Map() };
    const lost = (cause?: unknown) => {
      if (pool[slot] === thread) pool[slot] = undefined; // the next search begins a new one
      const error = new BackscrollError('internal', 'A reader thread of the database ended. Ask again.', { cause });
      for (const { reject } of thread.waiting.values()) reject(error);
      thread.waiting.clear();
    };
    worker.on('message', ({ n, reply }: { n: number; reply: WordReply }) => {
      const waiting = thread.waiting.get(n);
      thread.waiting.delete(n);
      if (thread.waiting.size === 0) worker.unref();
      waiting?.resolve(reply);
    });
    worker.on('error', lost);
    worker.on('exit', () => lost());
    worker.unref();
    pool[slot] = thread;
    return thread;
  }

  /** The thread with the least to do; threads are begun when all others are busy. */
  function idlest(): Thread {
    const empty = pool.indexOf(undefined);
    const running = pool.filter((thread) => thread !== undefined);
    const best = running.sort((a, b) => a.waiting.size - b.waiting.size)[0];
    if (best && (best.waiting.size === 0 || empty < 0)) return best;
    return begin(empty);
  }

  function ask(request: WordRequest): Promise<WordReply> {
    if (closed) return Promise.reject(new BackscrollError('cancelled', 'Backscroll is stopping.'));
    return new Promise<WordReply>((resolve, reject) => {
      const thread = idlest();
      const id = n++;
      thread.waiting.set(id, { resolve, reject });
      thread.worker.ref();
      thread.worker.postMessage({ n: id, request });
    }).then((reply) => {
      if (reply.kind === 'error')
        throw new BackscrollError('internal', `A search over words failed: ${reply.message}.`);
      return reply;
    });
  }

  return {
    async search({ match, audiences, titleWeight, limit }) {
      if (audiences.length === 0 || match === '') return [];
      const reply = await ask({ kind: 'search', match, audiences, titleWeight, limit });
      return reply.kind === 'hits' ? reply.hits : [];
    },
    async counts(tokens) {
      const reply = await ask({ kind: 'counts', tokens });
      if (reply.kind !== 'counts') return { counts: new Map(), passages: 0 };
      return { counts: new Map(tokens.map((token, i) => [token, reply.counts[i] ?? 0])), passages: reply.passages };
    },
    async close() {
      closed = true;
      await Promise.all(pool.map((thread) => thread?.worker.terminate()));
    },
  };
}
