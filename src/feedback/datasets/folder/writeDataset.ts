import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatasetLines } from '../../../store/datasets.ts';
import type { Collected } from '../collect.ts';
import type { Chosen } from '../curate/chooseRows.ts';
import { CLEARLY_BAD, CLEARLY_GOOD } from '../curate/goodness.ts';
import { SPLITS } from '../curate/splitRows.ts';
import { classWeights } from '../formats/classWeights.ts';
import { frameOf } from '../formats/frameOf.ts';
import { warningsFor } from '../formats/thresholds.ts';
import type { Format, Policy } from '../Policy.ts';
import type { Row } from '../Row.ts';
import type { Drops } from '../reasons.ts';
import { createFile, type DatasetFile, type WrittenFile } from './createFile.ts';
import type { Spool } from './createSpool.ts';
import { CARD_FILE, MANIFEST_FILE, type Manifest } from './Manifest.ts';
import type { Folder } from './takeFolder.ts';
import { writeCard } from './writeCard.ts';

const ROWS_AT_ONCE = 500;
const ID_CHARACTERS = 16;
const NEAR_DUPLICATE = 0.8;

/** Writes the files, the card and the manifest. Nothing in them depends on when or where. */
export async function writeDataset(
  folder: Folder,
  given: {
    readonly order: { readonly format: Format };
    readonly policy: Policy;
    readonly prompt: string;
    readonly collected: Collected;
    readonly chosen: Chosen;
    readonly spool: Spool;
    readonly drops: Drops;
    readonly signal: AbortSignal;
  },
): Promise<{ manifest: Manifest; lines: DatasetLines }> {
  const { order, policy, chosen, collected, spool, signal } = given;
  const { format } = order;
  const files: Record<string, WrittenFile> = {};
  for (const name of SPLITS) {
    const file = createFile(join(folder.path, `${name}.jsonl`));
    try {
      for (const [line, row] of chosen.split[name].entries()) {
        write(file, format, row, spool);
        if (line % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) {
          await new Promise((resolve) => setImmediate(resolve));
          signal.throwIfAborted();
        }
      }
      files[`${name}.jsonl`] = file.end();
    } finally {
      file.close();
    }
  }

  const all = SPLITS.flatMap((name) => chosen.split[name]);
  const bySplit = (of: (rows: readonly Row[]) => number) => ({
    train: of(chosen.split.train),
    validation: of(chosen.split.validation),
    test: of(chosen.split.test),
  });
  const said = {
    ...{ format, prompt: given.prompt, seed: policy.seed },
    filters: {
      spaces: [...policy.spaces].sort(),
      withoutPassages: policy.withoutPassages,
      ...{ goodAbove: CLEARLY_GOOD, badBelow: CLEARLY_BAD, nearDuplicate: NEAR_DUPLICATE },
      ...{ rowsPerQuestion: policy.rowsPerQuestion, rowsPerPerson: policy.rowsPerPerson, rowTokens: policy.rowTokens },
      evaluationQuestions: policy.evaluation.length,
    },
    answers: collected.seen,
    rows: bySplit((rows) => rows.length),
    tokens: bySplit((rows) => rows.reduce((sum, row) => sum + tokensOf(row), 0)),
    kinds: countsOf(all.map(({ kind }) => kind)),
    ...(format === 'kto' ? { classes: classesOf(all) } : {}),
    ...(format.endsWith('dpo') ? { lengths: lengthsOf(all) } : {}),
    groups: chosen.groups,
    leftOut: given.drops.counts() as Record<string, number>,
    redacted: Object.fromEntries(Object.entries(collected.redacted).sort()),
    warnings: warningsFor(format, chosen.split),
  };
  const id = createHash('sha256')
    .update(JSON.stringify([said, files]))
    .digest('hex')
    .slice(0, ID_CHARACTERS);
  // Built again in its place it has the parent that it had, so that it is the same to the last byte.
  const parent = (folder.before?.id === id ? folder.before.parent : folder.before?.id) ?? null;
  const about = { kind: 'backscroll-dataset' as const, version: 1 as const, id, parent, ...said };
  files[CARD_FILE] = writeWhole(join(folder.path, CARD_FILE), writeCard(about));
  const manifest: Manifest = { ...about, files };
  writeWhole(join(folder.path, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return { manifest, lines: SPLITS.map((name) => chosen.split[name].map(({ answerIds }) => answerIds)) };
}

/** The pieces of one line, put where they belong before the next is read. */
function write(file: DatasetFile, format: Format, { of, completion, rejected, label }: Row, spool: Spool): void {
  const { opened, user } = of.prompt;
  const frame = frameOf(format, label);
  file.write(frame.opening);
  file.write(opened);
  const last = completion.span;
  // Mostly they lie behind one another.
  if (last.at === user.at + user.bytes) {
    const both = spool.read({ at: user.at, bytes: user.bytes + last.bytes });
    file.write(both.subarray(0, user.bytes));
    file.write(frame.answer);
    file.write(both.subarray(user.bytes));
  } else {
    file.write(spool.read(user));
    file.write(frame.answer);
    file.write(spool.read(last));
  }
  if (rejected) {
    file.write(frame.other);
    file.write(spool.read(rejected.span));
  }
  file.write(frame.end);
}

function writeWhole(path: string, text: string): WrittenFile {
  const file = createFile(path);
  try {
    file.write(Buffer.from(text, 'utf8'));
    return file.end();
  } finally {
    file.close();
  }
}

/** Of a pair both sides count: a trainer reads both. */
function tokensOf({ of, completion, rejected }: Row): number {
  return of.promptTokens + completion.tokens + (rejected?.tokens ?? 0);
}

function classesOf(rows: readonly Row[]): NonNullable<Manifest['classes']> {
  const desirable = rows.filter(({ label }) => label === true).length;
  const undesirable = rows.length - desirable;
  const weights = classWeights(desirable, undesirable);
  return { desirable, undesirable, desirable_weight: weights.desirable, undesirable_weight: weights.undesirable };
}

function lengthsOf(rows: readonly Row[]): NonNullable<Manifest['lengths']> {
  const mean = (of: (row: Row) => number) =>
    Math.round((rows.reduce((sum, row) => sum + of(row), 0) / Math.max(1, rows.length)) * 10) / 10;
  const longer = rows.filter(({ completion, rejected }) => completion.tokens > (rejected?.tokens ?? 0)).length;
  return {
    chosenTokens: mean(({ completion }) => completion.tokens),
    rejectedTokens: mean(({ rejected }) => rejected?.tokens ?? 0),
    longerChosen: Math.round((longer / Math.max(1, rows.length)) * 1000) / 1000,
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
