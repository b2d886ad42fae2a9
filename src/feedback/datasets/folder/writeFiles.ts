import { join } from 'node:path';
import type { Wording } from '../createWording.ts';
import type { Chosen } from '../curate/chooseRows.ts';
import { SPLITS } from '../curate/splitRows.ts';
import { frameOf } from '../formats/frameOf.ts';
import type { Format } from '../Policy.ts';
import type { Row } from '../Row.ts';
import { createFile, type DatasetFile, type WrittenFile } from './createFile.ts';
import type { Folder } from './takeFolder.ts';

/** What stands in the files, and in whose words. */
export interface Content {
  readonly format: Format;
  readonly chosen: Chosen;
  readonly wording: Wording;
}

const ROWS_AT_ONCE = 200;

/** The three files. One is brought to the disk while the next is written. @returns undefined when words are missing */
export async function writeFiles(
  folder: Pick<Folder, 'path'>,
  { format, chosen, wording }: Content,
  signal: AbortSignal,
): Promise<Record<string, WrittenFile> | undefined> {
  const opened: DatasetFile[] = [];
  const ends: Promise<WrittenFile>[] = [];
  try {
    for (const name of SPLITS) {
      const file = await createFile(join(folder.path, `${name}.jsonl`));
      opened.push(file);
      const all = chosen.split[name];
      for (let from = 0; from < all.length; from += ROWS_AT_ONCE) {
        const rows = all.slice(from, from + ROWS_AT_ONCE);
        wording.read(rows);
        for (const row of rows) if (!write(file, format, row, wording)) return undefined;
        await file.room();
        // The bot answers meanwhile.
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      const end = file.end();
      // It is awaited below; until then it is nobody's.
      end.catch(() => {});
      ends.push(end);
    }
    const written = await Promise.all(ends);
    return Object.fromEntries(SPLITS.map((name, i) => [`${name}.jsonl`, written[i] as WrittenFile]));
  } finally {
    await Promise.all(ends.map((end) => end.catch(() => {})));
    for (const file of opened) await file.close();
  }
}

/** One line. @returns false when its words are not there any more */
function write(file: DatasetFile, format: Format, { of, completion, rejected, label }: Row, wording: Wording): boolean {
  const prompt = wording.prompt(of);
  const said = wording.completion(completion);
  const other = rejected && wording.completion(rejected);
  if (prompt === undefined || said === undefined || (rejected && other === undefined)) return false;
  const frame = frameOf(format, label);
  file.write(frame.opening);
  file.write(prompt.opened);
  file.write(prompt.user);
  file.write(frame.answer);
  file.write(JSON.stringify(said));
  if (other !== undefined) {
    file.write(frame.other);
    file.write(JSON.stringify(other));
  }
  file.write(frame.end);
  return true;
}
