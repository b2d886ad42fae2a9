import { existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { unfit } from './diskError.ts';

/**
 * Where a dataset really stands that is to stand at `out`, which need not be there yet: what is replaced, moved and
 * deleted is what a link leads to, never the link.
 * @param home the folder of Backscroll's own
 * @throws BackscrollError `usage` for a place that is never a dataset's; else what the disk says. Nothing is touched
 */
export function resolvePlace(out: string, home: string): string {
  if (!isAbsolute(out)) throw unfit(`"${out}" names no folder.`);
  const place = realOf(resolve(out));
  if (dirname(place) === place) throw unfit(`${place} is a whole disk.`);
  if (holds(place, realOf(resolve(home)))) throw unfit(`${out} is, or holds, the home of Backscroll.`);
  if (holds(place, process.cwd())) throw unfit(`${out} is, or holds, the folder that Backscroll runs in.`);
  if (existsSync(place) && statSync(place).dev !== statSync(dirname(place)).dev) {
    throw unfit(`${out} is where a disk is mounted, and cannot be replaced: name a folder in it.`);
  }
  return place;
}

/** The path without links; what of it is not there yet is as it was named. */
export function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (lstatSync(path, { throwIfNoEntry: false })) {
      throw unfit(`${path} is a link to something that is not there: mend it, or remove it.`, error);
    }
    return join(realOf(dirname(path)), basename(path));
  }
}

/** Whether the inner folder is the outer one or lies in it. */
export function holds(outer: string, inner: string): boolean {
  return `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** One by one: Node's own `recursive` loops for ever below a folder that takes no new ones, such as /proc. */
export function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}
