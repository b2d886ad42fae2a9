import { type Transferable, Worker } from 'node:worker_threads';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Part } from '../gather/Part.ts';
import type { Written } from '../lines/createLines.ts';
import { packLines } from '../lines/packLines.ts';
import { type Hand, type HandOrder, PIECE_BYTES } from './Hand.ts';
import type { HandData, HandMessage, HandReply, HandRequest } from './messages.ts';

/** The thread failed or ended: what it was asked for is to be done without it. */
export class HandLost extends BackscrollError {
  constructor(why: string, cause?: unknown) {
    super('internal', `The thread that helps with a dataset ${why}.`, { cause });
  }
}

/** A hand in a thread of its own, for one dataset after the other. */
export interface HandThread {
  /** One at a time. It rejects with `HandLost`, and with nothing else. */
  begin(order: HandOrder): Hand;
  /** That dataset is made, nothing is under way. After a while without another the thread ends. */
  rest(): void;
  end(): Promise<void>;
}

/** Three times what V8 calls a semi-space: as large as this thread's own (`bin/backscroll.js`). */
const YOUNG_MEGABYTES = 48;
/** Datasets are often made one after another, in each format or because somebody is forgotten: a new thread takes a third of a second. */
const IDLE_MS = 30_000;

interface Running {
  /** @param handed over to the thread, and not to be used any more here */
  ask<Made>(request: Request, handed?: Transferable[]): Promise<Made>;
  tell(message: HandMessage): void;
  readonly worker: Worker;
}

type Request = HandRequest extends infer R ? (R extends HandRequest ? Omit<R, 'n'> : never) : never;

/**
 * A thread with a connection of its own that only reads, and that is open while a dataset is made.
 * @param module the thread's program: it calls `serveHand`
 */
export function createHandThread(module: URL, data: () => HandData): HandThread {
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = running;
    running = undefined;
    await ending?.worker.terminate();
  }

  return {
    begin(order) {
      clearTimeout(idle);
      running ??= run(module, data(), () => {
        running = undefined;
      });
      running.worker.ref();
      running.tell({ kind: 'begin', order });
      return handOf(running);
    },
    rest() {
      if (!running) return;
      running.tell({ kind: 'rest' });
      running.worker.unref();
      idle = setTimeout(() => void end(), IDLE_MS).unref();
    },
    end,
  };
}

function handOf({ ask }: Running): Hand {
  const spare: ArrayBuffer[] = [];
  return {
    gather: (range) => ask<Part | undefined>({ kind: 'gather', range }),
    compare: (pairs) => ask<boolean[]>({ kind: 'compare', pairs }),
    async write(lines) {
      const memory = spare.pop() ?? new ArrayBuffer(PIECE_BYTES);
      const request = { kind: 'write' as const, lines: packLines(lines), memory };
      const made = await ask<(Written & { readonly bytes: Uint8Array<ArrayBuffer> }) | undefined>(request, [memory]);
      return made && { ...made, release: () => void spare.push(made.bytes.buffer) };
    },
  };
}

function run(module: URL, data: HandData, ended: () => void): Running {
  const worker = new Worker(module, {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const waiting = new Map<number, { resolve: (made: never) => void; reject: (error: Error) => void }>();
  let lost: HandLost | undefined;
  let last = 0;

  function lose(cause?: unknown): void {
    if (!lost) ended();
    lost ??= new HandLost('ended', cause);
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  }
  worker.on('message', (reply: HandReply) => {
    const asked = waiting.get(reply.n);
    waiting.delete(reply.n);
    if ('error' in reply) {
      asked?.reject(new HandLost(`failed: ${reply.error}`));
    } else asked?.resolve(reply.made as never);
  });
  worker.on('error', lose);
  worker.on('exit', () => lose());

  return {
    worker,
    ask(request, handed = []) {
      if (lost) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        const n = last++;
        waiting.set(n, { resolve, reject });
        worker.postMessage({ ...request, n }, handed);
      });
    },
    tell: (message) => worker.postMessage(message),
  };
}
