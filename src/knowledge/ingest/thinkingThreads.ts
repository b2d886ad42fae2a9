import { Worker } from 'node:worker_threads';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { PieceSize } from '../chunk/Piece.ts';
import type { Message } from '../Message.ts';
import type { BuiltConversation, Preparation, SaidConversation } from './Preparation.ts';

export interface ThinkingOptions {
  readonly size: PieceSize;
  /** After so long without a request a thread ends: 60 to 120 MB that are needed again at the next import only. */
  readonly idleMs?: number;
}

const IDLE_MS = 30_000;

export type ThinkingRequest =
  | { readonly kind: 'antecedents'; readonly before: readonly Message[]; readonly messages: readonly Message[] }
  | { readonly kind: 'build'; readonly conversations: readonly SaidConversation[]; readonly sourceUrl: string }
  | { readonly kind: 'embed'; readonly texts: readonly string[] };

export type ThinkingReply =
  | { readonly kind: 'antecedents'; readonly ids: (string | undefined)[] }
  | { readonly kind: 'built'; readonly conversations: BuiltConversation[] }
  | { readonly kind: 'vectors'; readonly vectors: Float32Array[] }
  | { readonly kind: 'error'; readonly message: string };

/** Threads beside the main one, which so stays free for those who ask while something is taken in. */
export interface ThinkingThreads {
  readonly preparation: Preparation;
  /** The built-in embedder's vectors. */
  readonly embed: (texts: readonly string[]) => Promise<Float32Array[]>;
  /** Ends the threads; what is under way rejects with `cancelled`. */
  close(): Promise<void>;
}

/**
 * Two of them, since what a large import waits for is this thinking: one says what each message answers, and beside it
 * the other cuts conversations and makes vectors, which take about as long together. Each begins with its first request,
 * does not keep the process alive, and a new one follows one that crashed or ended for want of work.
 */
export function createThinkingThreads(options: ThinkingOptions): ThinkingThreads {
  const linking = createThread(options);
  const building = createThread(options);
  return {
    preparation: {
      antecedents: async (before, messages) =>
        (await linking.ask({ kind: 'antecedents', before, messages }, 'antecedents')).ids,
      build: async (conversations, sourceUrl) =>
        (await building.ask({ kind: 'build', conversations, sourceUrl }, 'built')).conversations,
    },
    embed: async (texts) => (await building.ask({ kind: 'embed', texts }, 'vectors')).vectors,
    async close() {
      await Promise.all([linking.close(), building.close()]);
    },
  };
}

/** It makes mountains of short-lived objects: a small young generation keeps them from growing the whole process. */
const YOUNG_MEGABYTES = 48;

interface Thread {
  /** @throws BackscrollError `internal` when the thread fails or ends, `cancelled` when it is closed */
  ask<K extends ThinkingReply['kind']>(request: ThinkingRequest, kind: K): Promise<Extract<ThinkingReply, { kind: K }>>;
  close(): Promise<void>;
}

function createThread(options: ThinkingOptions): Thread {
  const waiting = new Map<number, { resolve: (reply: ThinkingReply) => void; reject: (error: Error) => void }>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;
  let n = 0;

  function rejectAll(error: BackscrollError) {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function rest(thread: Worker) {
    thread.unref();
    idle = setTimeout(() => {
      if (worker === thread) worker = undefined;
      void thread.terminate();
    }, options.idleMs ?? IDLE_MS);
    idle.unref();
  }

  function begin(): Worker {
    const made = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { size: options.size },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    made.unref();
    made.on('message', ({ n, reply }: { n: number; reply: ThinkingReply }) => {
      const asked = waiting.get(n);
      waiting.delete(n);
      if (waiting.size === 0) rest(made);
      asked?.resolve(reply);
    });
    const lost = (cause?: unknown) => {
      if (worker !== made) return;
      worker = undefined;
      rejectAll(
        new BackscrollError('internal', 'The thread that prepares passages ended. Run it again to go on.', { cause }),
      );
    };
    made.on('error', lost);
    made.on('exit', () => lost());
    return made;
  }

  async function ask<K extends ThinkingReply['kind']>(request: ThinkingRequest, kind: K) {
    if (closed) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
    clearTimeout(idle);
    worker ??= begin();
    const thread = worker;
    const reply = await new Promise<ThinkingReply>((resolve, reject) => {
      const id = n++;
      waiting.set(id, { resolve, reject });
      thread.ref();
      thread.postMessage({ n: id, request });
    });
    if (reply.kind === kind) return reply as Extract<ThinkingReply, { kind: K }>;
    const why = reply.kind === 'error' ? reply.message : 'it answered something else';
    throw new BackscrollError('internal', `Preparing passages failed: ${why}.`);
  }

  return {
    ask,
    async close() {
      closed = true;
      clearTimeout(idle);
      const ending = worker;
      worker = undefined;
      rejectAll(new BackscrollError('cancelled', 'Backscroll is stopping.'));
      await ending?.terminate();
    },
  };
}
