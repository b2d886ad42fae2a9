import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { guessExtension, HEAD_BYTES, zipExtension } from './guessExtension.ts';

const FOLDER = 'spool';
/** The process that put it there, and a random part. */
const ENTRY = /^(\d{1,10})-[0-9a-f-]{36}$/;

export interface Spooled {
  /** Of the file; its extension says what it is. */
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Keeps what comes by standard input in a file of the home while it is read: readers and zips want to look at its end
 * before its middle, and the process that reads it may be another one. Only its owner can open it.
 * What a crash leaves is taken away by `sweepSpool`.
 *
 * @param options.home exists
 * @param options.canRead which extensions readers know
 * @throws BackscrollError `usage` for nothing at all, `input` for more than `maxBytes`; then nothing is left on disk
 */
export async function spoolInput(
  input: AsyncIterable<Uint8Array>,
  options: {
    readonly home: string;
    readonly maxBytes: number;
    readonly name: string | undefined;
    readonly canRead: (path: string) => boolean;
  },
): Promise<Spooled> {
  const { home, maxBytes, name } = options;
  await mkdir(join(home, FOLDER), { mode: 0o700 }).catch(ignoreExisting);
  const folder = join(home, FOLDER, `${process.pid}-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const spooled = join(folder, 'input');
    const head = await write(input, spooled, maxBytes);
    const guessed = guessExtension(head, name, options.canRead);
    const extension = guessed === '.zip' ? await zipExtension(spooled) : guessed;
    const path = join(folder, `standard-input${extension}`);
    await rename(spooled, path);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function write(input: AsyncIterable<Uint8Array>, path: string, maxBytes: number): Promise<Uint8Array> {
  await using file = await open(path, 'wx', 0o600);
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new BackscrollError(
        'input',
        `More than ${Math.round(maxBytes / 1024 ** 2)} MB came by standard input (import.inputMegabytes): nothing of it ` +
          'was taken in. Import it as a file.',
      );
    }
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
    await file.writeFile(chunk);
  }
  if (bytes === 0) throw new BackscrollError('usage', 'Nothing came by standard input: pipe a document into it.');
  return head;
}

/** Takes away what processes that are no more have left. */
export async function sweepSpool(home: string): Promise<void> {
  const entries = await readdir(join(home, FOLDER)).catch(() => []);
  for (const entry of entries) {
    const pid = Number(ENTRY.exec(entry)?.[1]);
    if (!isRunning(pid)) await rm(join(home, FOLDER, entry), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process has the number now, or has had it all along.
    return (error as { code?: string }).code === 'EPERM';
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as { code?: string }).code !== 'EEXIST') throw error;
}
