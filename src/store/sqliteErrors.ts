import { BackscrollError } from '../base/BackscrollError.ts';

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const SENTENCES: Record<number, (file: string) => string> = {
  5: (file) => `The database ${file} is locked by another program. Close it and try again.`,
  8: (file) => `The database ${file} cannot be written: the file or its folder is read-only. Make it writable.`,
  10: (file) => `Reading or writing ${file} failed: the disk reports an error or is full. Check the disk.`,
  11: (file) => `The database ${file} is damaged. Restore the last backup, or move it away and import again.`,
  13: (file) => `The disk is full: ${file} could not grow. Free some space; what was stored before is intact.`,
  14: (file) => `The database ${file} cannot be opened. Check that its folder exists and may be written.`,
  26: (file) => `${file} is not a Backscroll database. Point BACKSCROLL_HOME to another folder.`,
};

/** SQLite's error as a sentence for the operator, where there is one; anything else as it came. */
export function translated(error: unknown, file: string): unknown {
  if (error instanceof BackscrollError || !(error instanceof Error)) return error;
  const code = (error as { errcode?: number }).errcode;
  const sentence = code === undefined ? undefined : SENTENCES[code & 0xff];
  return sentence ? new BackscrollError('home', sentence(file), { cause: error }) : error;
}
