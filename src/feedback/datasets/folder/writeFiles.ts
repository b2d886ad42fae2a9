import { join } from 'node:path';
import type { Chosen } from '../curate/chooseRows.ts';
import { SPLITS } from '../curate/splitRows.ts';
import type { OwnHand } from '../hands/createHand.ts';
import type { Hand, HeldLines } from '../hands/Hand.ts';
import { inPieces, share } from '../hands/share.ts';
import type { Counts } from '../lines/createWording.ts';
import type { Line, Said } from '../lines/Line.ts';
import { type Completion, NO_COMPLETION } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import { createFile, type DatasetFile, type WrittenFile } from './createFile.ts';
import type { Folder } from './takeFolder.ts';

export interface WrittenFiles {
  readonly files: Record<string, WrittenFile>;
  /** How much was replaced in them, by kind. */
  readonly replaced: Counts;
}

/** Whoever puts rows into words. */
export interface Writers {
  readonly own: Pick<OwnHand, 'write'>;
  readonly other?: Pick<Hand, 'write'>;
}

const ROWS_AT_ONCE = 200;

/** The three files. One is brought to the disk while the next is written. @returns undefined when words are missing */
export async function writeFiles(
  folder: Pick<Folder, 'path'>,
  { rows, split }: Pick<Chosen, 'rows' | 'split'>,
  { own, other }: Writers,
  signal: AbortSignal,
): Promise<WrittenFiles | undefined> {
  const opened: DatasetFile[] = [];
  const ends: Promise<WrittenFile>[] = [];
  const replaced: Record<string, number> = {};
  let isWhole = true;
  try {
    for (const name of SPLITS) {
      const file = await createFile(join(folder.path, `${name}.jsonl`));
      opened.push(file);
      const writers = {
        own: (piece: Int32Array) => own.write(linesOf(rows, piece)),
        ...(other ? { other: (piece: Int32Array) => other.write(linesOf(rows, piece)) } : {}),
      };
      await share<Int32Array, HeldLines | undefined>(
        inPieces(split[name], ROWS_AT_ONCE),
        writers,
        async (written) => {
          if (!written) isWhole = false;
          if (!written || !isWhole) return;
          file.write(written.bytes, written.release);
          for (const [kind, times] of Object.entries(written.replaced)) replaced[kind] = (replaced[kind] ?? 0) + times;
          await file.room();
        },
        signal,
      );
      if (!isWhole) return undefined;
      const end = file.end();
      // It is awaited below; until then it is nobody's.
      end.catch(() => {});
      ends.push(end);
    }
    const written = await Promise.all(ends);
    return {
      files: Object.fromEntries(SPLITS.map((name, i) => [`${name}.jsonl`, written[i] as WrittenFile])),
      replaced,
    };
  } finally {
    await Promise.all(ends.map((end) => end.catch(() => {})));
    for (const file of opened) await file.close();
  }
}

function linesOf(rows: Rows, piece: Int32Array): Line[] {
  const { rated } = rows;
  return Array.from(piece, (row): Line => {
    const own = rows.of(row);
    const of = rated.exchange(own);
    const said = (completion: Completion): Said => {
      const other = rated.of(completion);
      return { of: other === own ? of : rated.exchange(other), eventId: rated.eventId(completion) };
    };
    const rejected = rows.rejected(row);
    return {
      of,
      completion: { of, eventId: rated.eventId(rows.completion(row)) },
      rejected: rejected === NO_COMPLETION ? undefined : said(rejected),
      label: rows.label(row),
    };
  });
}
