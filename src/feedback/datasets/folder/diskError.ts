import { BackscrollError } from '../../../base/BackscrollError.ts';

/** What to do about a place that does not do; the last sentence of every `usage` of this folder. */
export const ELSEWHERE = 'Choose another folder with --out.';

/** A place where no dataset can stand. @param what a whole sentence */
export function unfit(what: string, cause?: unknown): BackscrollError {
  return new BackscrollError('usage', `${what} ${ELSEWHERE}`, { cause });
}

const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);
const IN_THE_WAY = new Set(['ENOENT', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ENAMETOOLONG', 'ELOOP', 'EXDEV', 'EBUSY']);

/** What the disk answered, as a sentence; anything else as it is. */
export function diskError(error: unknown, out: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new BackscrollError(
      'home',
      `The disk is full: ${out} was not written, and nothing of it was left. Free some space and export again.`,
      { cause: error },
    );
  }
  if (FORBIDDEN.has(code)) return unfit(`${out} cannot be written: ${code}.`, error);
  if (IN_THE_WAY.has(code)) return unfit(`A folder cannot be made at ${out} (${code}).`, error);
  return error;
}
