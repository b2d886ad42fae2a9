import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createTranscript } from './transcript.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/backscroll.js');
/** A status command takes about a second: so many looks are patience enough for everything that is waited for. */
const MOST_LOOKS = 40;

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Stdout as what it has to be with `--json`: exactly one JSON document. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly json: any;
}

export interface RunOptions {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What is piped in. */
  readonly input?: Uint8Array;
  /** Sees the process while it runs: to wait for a line of it, or to kill it. */
  readonly meanwhile?: (running: Running) => Promise<unknown>;
}

export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves as soon as what was printed on both streams so far fulfils the condition; rejects if it ends before. */
  waitFor(condition: (printed: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has ended and all it printed was read. */
  readonly ended: Promise<number | null>;
}

export interface Started extends Running {
  /** Opens the web chat once. */
  readonly link: string;
  readonly url: string;
  /** SIGTERM; resolves with the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill9(): Promise<void>;
}

/**
 * Backscroll as an operator runs it: its own process, its own home, and nothing of this machine's settings. `clean` stops
 * whatever was started and removes every folder.
 */
export function createBackscroll() {
  const folders: string[] = [];
  const running = new Set<{ readonly home: string; readonly process: Running }>();

  async function folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'backscroll-e2e-'));
    folders.push(made);
    return made;
  }

  function launch(args: readonly string[], { home, env = {}, cwd = tmpdir(), input }: RunOptions): Running {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      // No `.env` may be found where it runs.
      cwd,
      env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', BACKSCROLL_HOME: home, PORT: '0', ...env },
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    // It may refuse to read on.
    child.stdin?.on('error', () => {}).end(input);
    const launched = watch(child);
    const entry = { home, process: launched };
    running.add(entry);
    void launched.ended.then(() => running.delete(entry));
    return launched;
  }

  async function run(args: readonly string[], options: RunOptions): Promise<Ran> {
    const launched = launch(args, options);
    await options.meanwhile?.(launched);
    const code = await launched.ended;
    return {
      code,
      stdout: launched.stdout(),
      stderr: launched.stderr(),
      get json() {
        return JSON.parse(launched.stdout());
      },
    };
  }

  async function start(options: RunOptions & { readonly args?: readonly string[] }): Promise<Started> {
    const launched = launch(['start', ...(options.args ?? [])], options);
    const printed = await launched.waitFor((text) => /http:\/\/\S+token=[\w-]+/.test(text));
    const link = /http:\/\/\S+token=[\w-]+/.exec(printed)?.[0] ?? '';
    return {
      ...launched,
      link,
      url: new URL(link).origin,
      stop() {
        launched.kill('SIGTERM');
        return launched.ended;
      },
      async kill9() {
        launched.kill('SIGKILL');
        await launched.ended;
      },
    };
  }

  /** Asks for the status until it is as wanted. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  async function untilStatus(options: RunOptions, wanted: (status: any) => boolean) {
    let last: Ran | undefined;
    for (let look = 0; look < MOST_LOOKS; look++) {
      last = await run(['status', '--json'], options);
      if (last.code === 0 && wanted(last.json)) return last.json;
    }
    throw new Error(`The status never became as wanted. It was: ${last?.stdout}${last?.stderr}`);
  }

  async function clean(): Promise<void> {
    const homes = [...running].map(({ home }) => home);
    for (const { process: one } of [...running]) {
      one.kill('SIGKILL');
      await one.ended;
    }
    for (const home of homes) await chromaGone(home);
    for (const made of folders.splice(0)) await rm(made, { recursive: true, force: true, maxRetries: 5 });
  }

  return { folder, home: async () => join(await folder(), 'home'), launch, run, start, untilStatus, clean };
}

const serverRecord = z.object({ pid: z.number(), token: z.string() });

/** Our own Chroma server of a home: its process, while it lives. */
export function chromaOf(home: string): number | undefined {
  const file = join(home, 'chroma/server.json');
  if (!existsSync(file)) return undefined;
  const { pid, token } = serverRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  return commandLine(pid).includes(token) ? pid : undefined;
}

/** True while a process of this number runs (one that is dead and waits for its parent does not). */
function isAlive(pid: number): boolean {
  return commandLine(pid) !== '';
}

/** Resolves when a process is gone; it is looked at again and again, but not for ever. */
export async function gone(pid: number): Promise<void> {
  for (let look = 0; look < 1500; look++) {
    if (!isAlive(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`The process ${pid} did not end.`);
}

async function chromaGone(home: string): Promise<void> {
  const pid = chromaOf(home);
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  await gone(pid);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function watch(child: ChildProcess): Running {
  const transcript = createTranscript();
  child.stdout?.setEncoding('utf8').on('data', (text: string) => transcript.add('stdout', text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => transcript.add('stderr', text));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      transcript.end(code);
      resolve(code);
    });
  });
  return {
    pid: child.pid as number,
    stdout: () => transcript.text('stdout'),
    stderr: () => transcript.text('stderr'),
    waitFor: transcript.waitFor,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
