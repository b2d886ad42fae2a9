import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Format } from '../Policy.ts';
import { CARD_FILE, MANIFEST_FILE, type Manifest, manifestSchema } from './Manifest.ts';

const OURS = new Set(['train.jsonl', 'validation.jsonl', 'test.jsonl', MANIFEST_FILE, CARD_FILE]);

/** A folder that is made beside its place and moved there whole. */
export interface Folder {
  /** Where to write. */
  readonly path: string;
  /** The dataset whose place it takes. */
  readonly before?: Manifest;
  /** From now on it is there, and what stood in its place is gone. */
  put(): void;
  /** Nothing of it stays. Does nothing after `put`. */
  giveUp(): void;
}

/**
 * Looks whether a dataset may stand at `out` (nothing there, an empty folder, or an earlier dataset of ours in the same
 * format and nothing else), and makes a folder beside it.
 * @throws BackscrollError `usage` when something else is there, and what `diskError` makes of the rest
 */
export function takeFolder(out: string, format: Format): Folder {
  try {
    mkdirSync(dirname(out), { recursive: true });
    tidy(out);
    const before = lookAt(out, format);
    const path = join(dirname(out), `.${basename(out)}.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
    mkdirSync(path, { mode: 0o700 });
    let isPut = false;
    return {
      path,
      ...(before ? { before } : {}),
      put() {
        syncFolder(path);
        const aside = join(dirname(out), `.${basename(out)}.before-${process.pid}-${randomBytes(4).toString('hex')}`);
        if (existsSync(out)) renameSync(out, aside);
        renameSync(path, out);
        isPut = true;
        syncFolder(dirname(out));
        rmSync(aside, { recursive: true, force: true });
      },
      giveUp: () => {
        if (!isPut) rmSync(path, { recursive: true, force: true });
      },
    };
  } catch (error) {
    throw diskError(error, out);
  }
}

/** The manifest of the dataset in a folder; undefined when there is none, or something else. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** What the disk answered, as a sentence. */
export function diskError(error: unknown, out: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const because = { cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BackscrollError(
      'home',
      `The disk is full: ${out} was not written, and nothing of it was left. Free some space and export again.`,
      because,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new BackscrollError(
      'usage',
      `${out} cannot be written: ${code}. Choose another folder with --out.`,
      because,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST' || code === 'ENAMETOOLONG' || code === 'EXDEV' || code === 'EBUSY') {
    return new BackscrollError(
      'usage',
      `A folder cannot be made at ${out} (${code}). Choose another with --out.`,
      because,
    );
  }
  return error;
}

function lookAt(out: string, format: Format): Manifest | undefined {
  if (!existsSync(out)) return undefined;
  const names = readdirSync(out);
  if (names.length === 0) return undefined;
  const manifest = readManifest(out);
  const foreign = names.find((name) => !OURS.has(name));
  if (!manifest || foreign !== undefined) {
    throw new BackscrollError(
      'usage',
      `${out} holds something else (${foreign ?? names[0]}), which would be lost. Choose another folder with --out, or empty it.`,
    );
  }
  if (manifest.format !== format) {
    throw new BackscrollError(
      'usage',
      `${out} holds a dataset in the format ${manifest.format}. Choose another folder for ${format} with --out.`,
    );
  }
  return manifest;
}

/** What a run that was killed left beside the place. */
function tidy(out: string): void {
  for (const name of readdirSync(dirname(out))) {
    const left = /^\.(.+)\.(partial|before)-(\d+)-[0-9a-f]{8}$/.exec(name);
    if (left?.[1] !== basename(out) || isRunning(Number(left[3]))) continue;
    const path = join(dirname(out), name);
    // Killed between the two moves: the earlier dataset is whole, and nothing stands in its place.
    if (left[2] === 'before' && !existsSync(out)) renameSync(path, out);
    else rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
