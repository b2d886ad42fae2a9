import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { ServerRecord } from './serverRecord.ts';

/** A record, and the folder that it was found in. */
export interface Orphan extends ServerRecord {
  readonly chromaHome: string;
}

/**
 * Ends a server that outlived its parent, so that two never write the same data. A process counts as ours only while
 * its command line carries the record's token and this folder; any other that has its number by now, or whose home this
 * one is a copy of, is left alone.
 * It is given `patienceMs` to end by itself (it does, once it is quiet), then SIGTERM, then SIGKILL.
 * Throws `home` when it is still there after that.
 */
export async function endOrphan(orphan: Orphan, patienceMs: number): Promise<void> {
  const steps = [
    { signal: undefined, waitMs: patienceMs },
    { signal: 'SIGTERM', waitMs: 1_000 },
    { signal: 'SIGKILL', waitMs: 2_000 },
  ] as const;
  for (const { signal, waitMs } of steps) {
    if (signal !== undefined) send(orphan.pid, signal);
    if (await isGone(orphan, waitMs)) return;
  }
  throw new BackscrollError(
    'home',
    `A Chroma server of an earlier run (process ${orphan.pid}) still holds the data and cannot be ended. End it by hand, then start again.`,
  );
}

async function isGone(orphan: Orphan, waitMs: number): Promise<boolean> {
  const until = performance.now() + waitMs;
  for (;;) {
    const line = await commandLine(orphan.pid);
    if (!line.includes(orphan.token) || !line.includes(orphan.chromaHome)) return true;
    if (performance.now() >= until) return false;
    await pause(25);
  }
}

/** Empty for a process that is gone, or dead and not yet reaped. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // Windows has no `ps`; there the pipe alone ends the process.
  if (process.platform === 'win32') return '';
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout;
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile, or not ours to end: the next look tells.
  }
}
