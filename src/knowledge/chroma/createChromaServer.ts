import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { type Binding, findBindings } from './bindings.ts';
import { type ChosenBindings, chooseBindings } from './chooseBindings.ts';
import { endOrphan } from './endOrphan.ts';
import { launch, type Running } from './launch.ts';
import { readServerRecord, removeServerRecord, writeServerRecord } from './serverRecord.ts';
import { sweepSegments } from './sweepSegments.ts';
import { readVersion } from './versionFile.ts';

export type ChromaServerState = 'stopped' | 'starting' | 'ready' | 'restarting';

/** Our own Chroma server: started, watched, started again when it dies (on another port), and stopped with us. */
export interface ChromaServer {
  /**
   * Resolves when it answers. Throws `home` when the data were written by a newer Chroma than runs here, or an orphan
   * cannot be ended; `unavailable` when no server can be started. Called again while it runs, it tells the same.
   */
  start(): Promise<{ url: string }>;
  /** Where it answers now; undefined while it does not. */
  url(): string | undefined;
  state(): ChromaServerState;
  /** Ends it, waiting for its writes. It may be started again. */
  stop(): Promise<void>;
}

export interface ChromaServerOptions {
  /** Backscroll's home; everything of Chroma's lies in `chroma` below it. */
  readonly home: string;
  /** A pino logger fits. */
  readonly log?: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
  /** Called each time it becomes ready, with an address that may be a new one. */
  readonly onReady?: (url: string) => void;
  readonly bindings?: readonly Binding[];
  readonly readyTimeoutMs?: number;
  /** How long an ending server may still work on what it was asked. */
  readonly patienceMs?: number;
}

const firstDelayMs = 200;
const longestDelayMs = 10_000;
/** Having run for so long, it counts as healthy, and its next death as its first. */
const healthyAfterMs = 60_000;

export function createChromaServer(options: ChromaServerOptions): ChromaServer {
  const { log, onReady, readyTimeoutMs = 15_000, patienceMs = 5_000 } = options;
  const chromaHome = resolve(options.home, 'chroma');
  const dataPath = join(chromaHome, 'data');
  let state: ChromaServerState = 'stopped';
  let running: Running | undefined;
  let starting: Promise<{ url: string }> | undefined;
  let watching: Promise<void> = Promise.resolve();
  let ending: Promise<void> = Promise.resolve();
  let stopping = new AbortController();

  async function firstStart(signal: AbortSignal): Promise<{ url: string }> {
    const bindings = chooseBindings(options.bindings ?? findBindings(), readVersion(chromaHome));
    makeFolder(dataPath);
    const orphan = readServerRecord(chromaHome);
    // Its own patience begins when its parent dies, which was before now.
    if (orphan !== undefined) await endOrphan({ ...orphan, chromaHome }, patienceMs);
    sweepSegments(dataPath);
    const server = await run(bindings, signal);
    watching = watch(server, bindings, signal);
    return { url: server.url };
  }

  async function run(bindings: ChosenBindings, signal: AbortSignal): Promise<Running> {
    const beganMs = performance.now();
    const facts = { token: randomBytes(16).toString('hex'), startedAt: new Date().toISOString() };
    const server = await launch({
      ...{ chromaHome, dataPath, readyTimeoutMs, patienceMs },
      ...bindings,
      token: facts.token,
      signal,
      onSpawn: (pid, port) => writeServerRecord(chromaHome, { ...facts, pid, port }),
    }).catch((error: unknown) => {
      removeServerRecord(chromaHome);
      throw error;
    });
    try {
      announce(server, facts, performance.now() - beganMs);
    } catch (error) {
      // Else it would run on unwatched, and the next one on the same data.
      await server.end();
      throw error;
    }
    return server;
  }

  function announce(server: Running, facts: { token: string; startedAt: string }, tookMs: number): void {
    const { pid, port, url } = server;
    const bindingVersion = readVersion(chromaHome);
    writeServerRecord(chromaHome, { ...facts, pid, port, ...(bindingVersion !== undefined && { bindingVersion }) });
    running = server;
    state = 'ready';
    log?.info({ url, pid, bindingVersion, tookMs: Math.round(tookMs) }, 'Chroma is ready');
    onReady?.(url);
  }

  async function watch(first: Running, bindings: ChosenBindings, signal: AbortSignal): Promise<void> {
    let server = first;
    let delayMs = firstDelayMs;
    for (;;) {
      const sinceMs = performance.now();
      const how = await server.ended;
      running = undefined;
      if (signal.aborted) return;
      state = 'restarting';
      if (performance.now() - sinceMs >= healthyAfterMs) delayMs = firstDelayMs;
      log?.warn({ pid: server.pid, how, delayMs }, 'Chroma ended by itself and is started again');
      for (let next: Running | undefined; next === undefined; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
        // An aborted pause ends the watch: we are being stopped.
        const isStopped = await pause(delayMs, false, { signal }).catch(() => true);
        if (isStopped) return;
        next = await run(bindings, signal).catch((error: unknown) => {
          if (!signal.aborted) log?.warn({ err: error, delayMs }, 'Chroma could not be started again');
          return undefined;
        });
        if (next !== undefined) server = next;
        else if (signal.aborted) return;
      }
    }
  }

  async function begin(): Promise<{ url: string }> {
    const mine = new AbortController();
    stopping = mine;
    await ending;
    state = 'starting';
    try {
      return await firstStart(mine.signal);
    } catch (error) {
      state = 'stopped';
      if (stopping === mine) starting = undefined;
      throw error;
    }
  }

  async function end(begun: Promise<unknown>): Promise<void> {
    stopping.abort();
    await begun.catch(() => {});
    const last = running;
    running = undefined;
    await last?.end();
    await watching;
    state = 'stopped';
    removeServerRecord(chromaHome);
  }

  return {
    async start() {
      starting ??= begin();
      const first = await starting;
      // Once it has restarted, its address is another.
      return { url: running?.url ?? first.url };
    },
    url: () => running?.url,
    state: () => state,
    async stop() {
      if (starting !== undefined) {
        ending = end(starting);
        starting = undefined;
      }
      await ending;
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackscrollError('home', `The folder for Chroma's data cannot be made: ${reason}.`, { cause: error });
  }
}
