import { Worker } from 'node:worker_threads';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Part } from '../gather/Part.ts';
import { packLines } from '../lines/packLines.ts';
import { type Hand, PIECE_BYTES } from './Hand.ts';
import type { HandData, HandReply, HandRequest, SentLines } from './messages.ts';
import { MOST_WAITING } from './share.ts';

/** A hand in a thread of its own. */
export interface HandThread extends Hand {
  /** Ends the thread; what is under way rejects. */
  end(): Promise<void>;
}

type Request = HandRequest extends infer R ? (R extends HandRequest ? Omit<R, 'n'> : never) : never;

/** One for each piece that may be under way or wait for those before it. */
const SLOTS = MOST_WAITING;

/** What a thread makes lives long enough to be handed over, and no longer. */
const YOUNG_MEGABYTES = 48;

/**
 * Begins a thread with a connection of its own that only reads.
 * @param module the thread's program: it calls `serveHand`
 * @returns a hand that rejects with BackscrollError `internal` when the thread fails or ends
 */
export function createHandThread(module: URL, data: Omit<HandData, 'slots'>): HandThread {
  const slots = new SharedArrayBuffer(SLOTS * PIECE_BYTES);
  const free = Array.from({ length: SLOTS }, (_, slot) => slot);
  const worker = new Worker(module, {
    workerData: { ...data, slots } satisfies HandData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const waiting = new Map<number, { resolve: (made: never) => void; reject: (error: Error) => void }>();
  let lost: BackscrollError | undefined;
  let last = 0;

  function lose(cause?: unknown): void {
    lost ??= new BackscrollError('internal', 'The thread that helps with a dataset ended.', { cause });
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  }
  worker.on('message', (reply: HandReply) => {
    const asked = waiting.get(reply.n);
    waiting.delete(reply.n);
    if ('error' in reply) {
      asked?.reject(new BackscrollError('internal', `The thread that helps with a dataset failed: ${reply.error}.`));
    } else asked?.resolve(reply.made as never);
  });
  worker.on('error', lose);
  worker.on('exit', () => lose());

  function ask<Made>(request: Request): Promise<Made> {
    if (lost) return Promise.reject(lost);
    return new Promise((resolve, reject) => {
      const n = last++;
      waiting.set(n, { resolve, reject });
      worker.postMessage({ ...request, n });
    });
  }

  return {
    gather: (range) => ask<Part | undefined>({ kind: 'gather', range }),
    async write(lines) {
      const slot = free.pop();
      if (slot === undefined) throw new BackscrollError('internal', 'Too many pieces of a dataset are under way.');
      const made = await ask<SentLines | undefined>({ kind: 'write', lines: packLines(lines), slot });
      if (!made) return undefined;
      const { bytes, replaced } = made;
      return {
        bytes: typeof bytes === 'number' ? new Uint8Array(slots, slot * PIECE_BYTES, bytes) : bytes,
        replaced,
        release: () => void free.push(slot),
      };
    },
    end: async () => void (await worker.terminate()),
  };
}
