import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';
import type { VectorIndex } from '../VectorIndex.ts';
import { createChromaIndex } from './createChromaIndex.ts';
import { createChromaServer } from './createChromaServer.ts';
import type { ChromaTarget } from './target.ts';

/** Where vectors are kept: Backscroll's own Chroma server, or somebody else's. */
export interface Vectors {
  readonly index: VectorIndex;
  /** Begins whatever must run for it; does not wait, and never throws: what is wrong is told by `state`. */
  start(): void;
  /** Resolves when it can be asked; rejects with the reason, or when the signal aborts. */
  ready(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
  state(): {
    readonly kind: 'own' | 'server' | 'cloud';
    readonly state: string;
    readonly url?: string;
    readonly error?: string;
  };
}

const RESTART_PATIENCE_MS = 1500;

export interface VectorsOptions {
  readonly home: string;
  readonly url: string | undefined;
  readonly cloud: { readonly apiKey: string; readonly tenant?: string; readonly database?: string } | undefined;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Called each time our own server begins to answer. */
  readonly onReady: () => void;
}

export function createVectors(options: VectorsOptions): Vectors {
  const remote: ChromaTarget | undefined = options.url
    ? { kind: 'server', url: options.url }
    : options.cloud && { kind: 'cloud', ...options.cloud };
  return remote ? elsewhere(remote, options) : ownServer(options);
}

function elsewhere(target: ChromaTarget, { timeoutMs, onReady }: VectorsOptions): Vectors {
  const address = target.kind === 'server' ? { url: new URL(target.url).origin } : {};
  return {
    index: createChromaIndex({ target: () => target, timeoutMs }),
    start: onReady,
    ready: async () => {},
    stop: async () => {},
    state: () => ({ kind: target.kind, state: 'remote', ...address }),
  };
}

function ownServer({ home, timeoutMs, log, onReady }: VectorsOptions): Vectors {
  const waiting = new Set<(error?: unknown) => void>();
  let failure: unknown;
  let stopped = false;
  const tell = (error?: unknown) => {
    for (const wake of waiting) wake(error);
    waiting.clear();
  };
  const server = createChromaServer({
    home,
    log,
    onReady: () => {
      failure = undefined;
      tell();
      onReady();
    },
  });
  return {
    index: createChromaIndex({
      target: () => {
        const url = server.url();
        return url === undefined ? undefined : { kind: 'server', url };
      },
      timeoutMs,
    }),
    start() {
      server.start().catch((error) => {
        failure = error;
        if (stopped) return tell(error);
        log.error({ err: error }, 'Chroma does not start; answers rest on words alone');
        tell(error);
      });
    },
    ready(signal) {
      if (server.url() !== undefined) return Promise.resolve();
      if (failure !== undefined) return Promise.reject(failure);
      // One that ran and died is back in a moment, or not for long: nobody waits for it as for a first start.
      const until =
        server.state() === 'restarting' ? AbortSignal.any([signal, AbortSignal.timeout(RESTART_PATIENCE_MS)]) : signal;
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown) => {
          waiting.delete(settle);
          until.removeEventListener('abort', aborted);
          if (error === undefined) resolve();
          else reject(error);
        };
        const aborted = () =>
          settle(new BackscrollError('unavailable', 'Chroma does not answer yet; it is being started.'));
        if (until.aborted) return aborted();
        until.addEventListener('abort', aborted, { once: true });
        waiting.add(settle);
      });
    },
    async stop() {
      stopped = true;
      await server.stop();
    },
    state() {
      const url = server.url();
      return {
        kind: 'own',
        state: failure === undefined ? server.state() : 'failed',
        ...(url ? { url } : {}),
        ...(failure instanceof Error ? { error: failure.message } : {}),
      };
    },
  };
}
