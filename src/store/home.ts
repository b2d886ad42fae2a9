import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackscrollError } from '../base/BackscrollError.ts';

/** The folder that holds everything, owned by this process. */
export interface Home {
  readonly path: string;
  readonly databaseFile: string;
  /** Gives the home back. The lock also ends with the process, however it ends. */
  release(): void;
}

export interface Owner {
  readonly pid: number;
  /** What it does: `start`, `import` … */
  readonly command: string;
}

/**
 * Takes the home, or tells who has it: one process owns a home. The lock is SQLite's own on a file beside the
 * database, which the kernel lets go when the process dies: there is no stale lock.
 * Throws BackscrollError `home` when the folder cannot be made or written.
 */
export function takeHome(path: string, command: string): { home: Home } | { owner: Owner | undefined } {
  const folder = resolve(path);
  makeFolder(folder);
  const lock = tryLock(folder);
  if (!lock) return { owner: readOwner(folder) };
  writeFileSync(resolve(folder, 'owner.json'), JSON.stringify({ pid: process.pid, command }), { mode: 0o600 });
  return {
    home: { path: folder, databaseFile: resolve(folder, 'backscroll.db'), release: () => lock.close() },
  };
}

/**
 * Makes the home folder where there is none yet, without taking it.
 * @throws BackscrollError `home` when it cannot be made
 */
export function makeHome(path: string): void {
  makeFolder(resolve(path));
}

function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) makeFolders(folder);
    else if (!statSync(folder).isDirectory()) {
      throw new BackscrollError('home', `BACKSCROLL_HOME is ${folder}, which is not a folder. Name a folder.`);
    }
    // A folder that holds other things is somebody's: its rights are not ours to change.
    const isOurs = readdirSync(folder).length === 0 || existsSync(resolve(folder, 'backscroll.db'));
    if (isOurs && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** One by one: Node's own `recursive` loops for ever below a folder that takes no new ones, such as /proc. */
function makeFolders(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolders(parent);
  mkdirSync(folder, { mode: 0o700 });
}

function tryLock(folder: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(resolve(folder, 'lock'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode === 5) return undefined; // SQLITE_BUSY
    throw unusable(folder, error);
  }
}

function readOwner(folder: string): Owner | undefined {
  try {
    const { pid, command } = JSON.parse(readFileSync(resolve(folder, 'owner.json'), 'utf8'));
    return typeof pid === 'number' && typeof command === 'string' ? { pid, command } : undefined;
  } catch {
    return undefined; // it is just beginning
  }
}

function unusable(folder: string, error: unknown): BackscrollError {
  if (error instanceof BackscrollError) return error;
  const code = (error as { code?: string }).code;
  const full = code === 'ENOSPC' || (error as { errcode?: number }).errcode === 13;
  const sentence = full
    ? `The disk that holds ${folder} is full. Free some space.`
    : `The home folder ${folder} cannot be used (${code === 'ERR_SQLITE_ERROR' ? 'it may not be written' : (code ?? error)}). Make it writable, or point BACKSCROLL_HOME to another folder.`;
  return new BackscrollError('home', sentence, { cause: error });
}
