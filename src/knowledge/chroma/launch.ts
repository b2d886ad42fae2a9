import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Binding } from './bindings.ts';
import { exitStatus } from './exitStatus.ts';
import { freePort, isListening } from './loopbackPort.ts';

export interface LaunchOptions {
  /** The folder of Chroma's things in the home; the data are in `data` below it. */
  readonly chromaHome: string;
  readonly dataPath: string;
  readonly bindings: readonly Binding[];
  readonly token: string;
  readonly readyTimeoutMs: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** Called as soon as there is a process, long before it is ready. */
  readonly onSpawn: (pid: number, port: number) => void;
  /** What to throw when none of the bindings loads here; it is told why. */
  readonly whenNoneLoads: (why: string) => BackscrollError;
}

/** A server that answers. */
export interface Running {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Resolves with a few words on how it ended. */
  readonly ended: Promise<string>;
  /** Closes its pipe, waits until it has ended, and kills it when it takes longer than its patience. */
  end(): Promise<void>;
}

const entry = fileURLToPath(new URL('./serverProcess.ts', import.meta.url));
const portAttempts = 5;
const heartbeat = z.object({ 'nanosecond heartbeat': z.number() });

/**
 * Starts one server process and resolves when it serves on a loopback port of its own.
 * Throws `unavailable` when it cannot, with what it said last; `cancelled` when the signal is aborted.
 */
export async function launch(options: LaunchOptions): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const server = start(await freePort(), options);
    const settled = new AbortController();
    const signal = AbortSignal.any([options.signal, settled.signal]);
    try {
      options.onSpawn(server.pid, server.port);
      await Promise.race([becomeReady(server, options.readyTimeoutMs, signal), failWhenEnded(server, options)]);
      return server;
    } catch (error) {
      settled.abort();
      await server.end();
      if (options.signal.aborted) throw new BackscrollError('cancelled', 'The start of Chroma was given up.');
      const portWasTaken = server.exitCode() === exitStatus.notServing;
      if (!portWasTaken || attempt === portAttempts) throw error;
    }
  }
}

interface Started extends Running {
  exitCode(): number | null;
  lastWords(): string;
}

function start(port: number, options: LaunchOptions): Started {
  const child = spawn(
    process.execPath,
    [
      entry,
      ...['--token', options.token, '--home', options.chromaHome, '--data', options.dataPath, '--port', String(port)],
      ...['--patienceMs', String(options.patienceMs)],
      ...options.bindings.flatMap(({ version, path }) => ['--binding', `${version}:${path}`]),
    ],
    {
      cwd: options.chromaHome,
      env: environment(),
      // stdout carries just a banner.
      stdio: ['pipe', 'ignore', 'pipe'],
      // A group of its own: Ctrl-C on the terminal is for us, who then end it in good order.
      detached: process.platform !== 'win32',
      windowsHide: true,
    },
  );
  child.stdin?.on('error', () => {});
  const lastWords = keepLastWords(child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal ${signal}`));
  });

  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    port,
    ended,
    exitCode: () => child.exitCode,
    lastWords,
    async end() {
      child.stdin?.end();
      const killer = setTimeout(() => child.kill('SIGKILL'), options.patienceMs + 1_000);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** Nothing of ours that Chroma does not need: no keys, and none of the variables that it would read as its config. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ'];
  const env: NodeJS.ProcessEnv = { ANONYMIZED_TELEMETRY: 'False', RUST_LOG: 'error', NODE_NO_WARNINGS: '1' };
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

async function becomeReady(server: Started, timeoutMs: number, given: AbortSignal): Promise<void> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([given, timeout]);
  try {
    for (let waitMs = 10; !(await answers(server, signal)); waitMs = Math.min(waitMs * 1.5, 200)) {
      await pause(waitMs, undefined, { signal });
    }
  } catch (error) {
    if (!timeout.aborted || given.aborted) throw error;
    throw unavailable(`did not answer within ${timeoutMs / 1000} s`, server);
  }
}

async function answers(server: Started, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  try {
    const response = await fetch(`${server.url}/api/v2/heartbeat`, { signal });
    heartbeat.parse(await response.json());
  } catch {
    return false;
  }
  const isOurs = await isListening(server.pid, server.port);
  if (isOurs !== undefined) return isOurs;
  // If another program has the port, our process has noticed by the time of a second look.
  await pause(300, undefined, { signal });
  return server.exitCode() === null;
}

async function failWhenEnded(server: Started, options: LaunchOptions): Promise<never> {
  const how = await server.ended;
  if (server.exitCode() === exitStatus.noBinding) throw options.whenNoneLoads(server.lastWords());
  throw unavailable(`ended while it was starting (${how})`, server);
}

function unavailable(what: string, server: Started): BackscrollError {
  return new BackscrollError(
    'unavailable',
    `Our own Chroma server ${what}${quoted(server)}. Until it runs the search goes by words only.`,
  );
}

function quoted(server: Started): string {
  const words = server.lastWords();
  return words === '' ? '' : `; it said: ${words}`;
}

/** The last lines of stderr that say something, as one line. */
function keepLastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-16_384);
  });
  const noise = /^\s*(\d+:|at )|stack backtrace|RUST_BACKTRACE|OpenTelemetry|^\s*$|fatal runtime error/;
  return () =>
    text
      .split('\n')
      .filter((line) => !noise.test(line))
      .slice(-3)
      .map((line) => line.trim())
      .join(' ')
      .slice(0, 500);
}
