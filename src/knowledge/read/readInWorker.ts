import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Page } from './Page.ts';
import { DEFAULT_MAX_PAGES, type ReadInput, refuseLarge } from './readFileAs.ts';
import { watchMemory } from './watchMemory.ts';
import type { WorkerReply, WorkerRequest } from './worker.ts';

export interface Reading {
  /**
   * Reads one document; any number may be under way, they are read one after the other.
   * Rejects with BackscrollError `input` (not read, not text, too large, too slow, too much memory) or `cancelled`.
   */
  read(input: ReadInput): Promise<Page>;
  /** Ends the worker; what is under way is cancelled. */
  close(): Promise<void>;
}

interface Task {
  readonly input: ReadInput;
  readonly resolve: (page: Page) => void;
  readonly reject: (error: BackscrollError) => void;
}

/** How much the process may grow while one document is read, beyond the limit of the thread's heap: by buffers. */
const BUFFER_MEGABYTES = 512;

/**
 * Reads documents away from the main thread, so that no document, however large or hostile, holds up an answer, takes
 * longer than `maxSeconds`, or more than `maxHeapMegabytes`: then its thread is ended and the next document gets a new one.
 * The thread starts with the first document and does not keep the process alive.
 */
export function createReading(options: {
  readonly maxBytes: number;
  readonly maxSeconds: number;
  readonly maxPages?: number;
  readonly maxHeapMegabytes?: number;
}): Reading {
  const { maxBytes, maxSeconds, maxPages = DEFAULT_MAX_PAGES, maxHeapMegabytes = 512 } = options;
  const waiting: Task[] = [];
  let current: { readonly task: Task; readonly unwatch: () => void } | undefined;
  let worker: Worker | undefined;
  let closed = false;

  const settle = (how: (task: Task) => void) => {
    if (current === undefined) return;
    const { task, unwatch } = current;
    unwatch();
    current = undefined;
    how(task);
    next();
  };

  const start = (): Worker => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
      env: {},
      // What a reader's library has to say about a document is not for our output.
      stdout: true,
      stderr: true,
    });
    made.unref();
    made.stdout.resume();
    made.stderr.resume();
    const isCurrent = () => worker === made;
    made.on('message', (reply: WorkerReply) => {
      if (!isCurrent()) return;
      settle((task) => {
        if ('page' in reply) task.resolve(reply.page);
        else task.reject(new BackscrollError(reply.error.code, reply.error.message));
      });
    });
    const lost = (cause?: unknown) => {
      if (!isCurrent()) return;
      worker = undefined;
      const memory = (cause as { code?: string } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const why = memory ? tooMuchMemory(maxHeapMegabytes) : 'could not be read (its reader crashed)';
      settle((task) => task.reject(new BackscrollError('input', `${nameOf(task)} ${why}; left out.`, { cause })));
    };
    made.on('error', lost);
    made.on('exit', () => lost());
    return made;
  };

  const next = () => {
    if (current !== undefined || closed) return;
    const task = waiting.shift();
    if (task === undefined) return;
    worker ??= start();
    const reader = worker;
    const giveUp = (why: string) => {
      worker = undefined;
      void reader.terminate();
      settle(() => task.reject(new BackscrollError('input', `${nameOf(task)} ${why}; left out.`)));
    };
    const timer = setTimeout(
      () => giveUp(`took longer than ${maxSeconds} seconds to read (import.fileSeconds)`),
      maxSeconds * 1_000,
    );
    const growth = maxHeapMegabytes + BUFFER_MEGABYTES;
    const endWatch = watchMemory(growth * 1024 ** 2, () => giveUp(tooMuchMemory(growth)));
    const unwatch = () => {
      clearTimeout(timer);
      endWatch();
    };
    current = { task, unwatch };
    const { path, fallbackTitle } = task.input;
    // A copy: a view would take its whole buffer along (a Buffer's pool, an archive), and moving takes the caller's.
    const bytes = new Uint8Array(task.input.bytes);
    reader.postMessage({ bytes, path, fallbackTitle, maxBytes, maxPages } satisfies WorkerRequest, [bytes.buffer]);
  };

  return {
    read(input) {
      return new Promise((resolve, reject) => {
        if (closed)
          throw new BackscrollError('cancelled', `${basename(input.path)} was not read: reading has stopped.`);
        refuseLarge(input.bytes, { name: basename(input.path), maxBytes });
        waiting.push({ input, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      const ending = worker;
      worker = undefined;
      const cancelled = waiting.splice(0);
      if (current !== undefined) {
        current.unwatch();
        cancelled.unshift(current.task);
        current = undefined;
      }
      for (const task of cancelled) {
        task.reject(new BackscrollError('cancelled', `${nameOf(task)} was not read: reading has stopped.`));
      }
      await ending?.terminate();
    },
  };
}

const tooMuchMemory = (megabytes: number) => `took more than ${megabytes} MB of memory to read`;
const nameOf = (task: Task) => basename(task.input.path);
