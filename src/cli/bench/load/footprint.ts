import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { residentBytes } from '../../operations/processes.ts';

/** What processes and their home take. */
export interface Footprint {
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Undefined where the system does not tell (it is Linux's /proc that does). */
  readonly openFiles: number | undefined;
}

export async function footprintOf(pids: readonly number[], home: string): Promise<Footprint> {
  const files = await Promise.all(pids.map((pid) => readdir(`/proc/${pid}/fd`).catch(() => undefined)));
  const openFiles = files.reduce<number | undefined>(
    (sum, names) => (sum === undefined || names === undefined ? undefined : sum + names.length),
    0,
  );
  return { memoryBytes: await residentBytes(pids), diskBytes: await diskBytes(home), openFiles };
}

/** What a folder really takes on disk, in blocks: an index's files may have holes. */
async function diskBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    // What is cleaned up while we look counts nothing.
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => undefined);
    if (found?.isFile()) bytes += found.blocks * 512;
  }
  return bytes;
}

const SAMPLE_MS = 100;

/**
 * Watches how much memory processes take, until it is told to end.
 * @returns what all of them took when it was most, and how much of that was not this process
 */
export function watchMemory(pids: readonly number[]): { end(): Promise<[allBytes: number, othersBytes: number]> } {
  const others = pids.filter((pid) => pid !== process.pid);
  let most: [allBytes: number, othersBytes: number] = [0, 0];
  const look = async () => {
    const [all, rest] = await Promise.all([residentBytes(pids), residentBytes(others)]);
    if (all > most[0]) most = [all, rest];
  };
  const timer = setInterval(() => void look(), SAMPLE_MS);
  return {
    async end() {
      clearInterval(timer);
      await look();
      return most;
    },
  };
}

/** Processor seconds that processes have used; of others than ours only where /proc tells. */
export async function cpuSeconds(pids: readonly number[]): Promise<number> {
  const used = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      }
      // proc_pid_stat(5): utime and stime are the 12th and 13th behind the name, in hundredths of a second.
      const behindName = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
      return (Number(behindName[11] ?? 0) + Number(behindName[12] ?? 0)) / 100;
    }),
  );
  return used.reduce((sum, seconds) => sum + seconds, 0);
}
