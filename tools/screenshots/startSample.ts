import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROJECT = join(import.meta.dirname, '../..');

/** Backscroll as a newcomer starts it, in a home of its own that goes with it: the sample, no key, any free port. */
export async function startSample(): Promise<{ readonly link: string; stop(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'backscroll-screenshots-'));
  const child = spawn(process.execPath, [join(PROJECT, 'bin/backscroll.js'), 'start', '--json'], {
    cwd: home,
    env: { PATH: process.env.PATH, BACKSCROLL_HOME: home, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  try {
    return { link: await readLink(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `--json` prints one document once it is ready. */
async function readLink(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    printed += line;
    try {
      return (JSON.parse(printed) as { link: string }).link;
    } catch {
      // It goes on in the next line.
    }
  }
  throw new Error('Backscroll ended before it was ready; what it said stands above.');
}
