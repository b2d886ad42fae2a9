import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatasetLines } from '../../../store/datasets.ts';
import type { Collected } from '../collect.ts';
import type { Chosen } from '../curate/chooseRows.ts';
import { CLEARLY_BAD, CLEARLY_GOOD } from '../curate/goodness.ts';
import { SPLITS } from '../curate/splitRows.ts';
import { classWeights } from '../formats/classWeights.ts';
import { warningsFor } from '../formats/thresholds.ts';
import type { Format, Policy } from '../Policy.ts';
import { NO_COMPLETION } from '../Rated.ts';
import type { Rows } from '../Rows.ts';
import type { Drops } from '../reasons.ts';
import { createFile, type WrittenFile } from './createFile.ts';
import { CARD_FILE, MANIFEST_FILE, type Manifest } from './Manifest.ts';
import type { Folder } from './takeFolder.ts';
import { writeCard } from './writeCard.ts';
import { type Writers, writeFiles } from './writeFiles.ts';

const ID_CHARACTERS = 16;
const NEAR_DUPLICATE = 0.8;

/** What stands in the files, and in whose words. */
interface Given {
  readonly format: Format;
  readonly chosen: Chosen;
  readonly writers: Writers;
  readonly policy: Policy;
  /** The prompt's version. */
  readonly prompt: string;
  readonly collected: Collected;
  readonly drops: Drops;
}

/**
 * Writes the files, the card and the manifest. Nothing in them depends on when or where.
 * @returns undefined when the words of a row were erased since it was chosen
 */
export async function writeDataset(
  folder: Folder,
  given: Given,
  signal: AbortSignal,
): Promise<{ manifest: Manifest; lines: DatasetLines } | undefined> {
  const { format, policy, chosen, collected } = given;
  const written = await writeFiles(folder, chosen, given.writers, signal);
  if (!written) return undefined;
  const { files, replaced } = written;

  const { rows, split } = chosen;
  const all = SPLITS.flatMap((name) => [...split[name]]);
  const bySplit = (of: (rows: Int32Array) => number) => ({
    train: of(split.train),
    validation: of(split.validation),
    test: of(split.test),
  });
  const rowsOf = bySplit(({ length }) => length);
  const desirable = all.filter((row) => rows.label(row) === true).length;
  const longer = all.filter((row) => rows.rated.tokens(rows.completion(row)) > rejectedTokens(rows, row)).length;
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
    rows: rowsOf,
    tokens: bySplit((some) => some.reduce((sum, row) => sum + tokensOf(rows, row), 0)),
    kinds: countsOf(all.map(rows.kind)),
    ...(format === 'kto' ? { classes: classesOf(desirable, all.length - desirable) } : {}),
    ...(format.endsWith('dpo') ? { lengths: lengthsOf(rows, all, longer) } : {}),
    groups: chosen.groups,
    leftOut: given.drops.counts() as Record<string, number>,
    redacted: Object.fromEntries(Object.entries(replaced).sort()),
    warnings: warningsFor(format, { rows: rowsOf, desirable: desirable / all.length, longer: longer / all.length }),
  };
  const id = createHash('sha256')
    .update(JSON.stringify([said, files]))
    .digest('hex')
    .slice(0, ID_CHARACTERS);
  // Built again in its place it has the parent that it had, so that it is the same to the last byte.
  const parent = (folder.before?.id === id ? folder.before.parent : folder.before?.id) ?? null;
  const about = { kind: 'backscroll-dataset' as const, version: 1 as const, id, parent, ...said };
  files[CARD_FILE] = await writeWhole(join(folder.path, CARD_FILE), writeCard(about));
  const manifest: Manifest = { ...about, files };
  await writeWhole(join(folder.path, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return { manifest, lines: SPLITS.map((name) => Array.from(split[name], rows.answerIds)) };
}

async function writeWhole(path: string, text: string): Promise<WrittenFile> {
  const file = await createFile(path);
  try {
    file.write(Buffer.from(text));
    return await file.end();
  } finally {
    await file.close();
  }
}

/** Of a pair both sides count: a trainer reads both. */
function tokensOf(rows: Rows, row: number): number {
  return rows.rated.promptTokens(rows.of(row)) + rows.rated.tokens(rows.completion(row)) + rejectedTokens(rows, row);
}

function rejectedTokens(rows: Rows, row: number): number {
  const rejected = rows.rejected(row);
  return rejected === NO_COMPLETION ? 0 : rows.rated.tokens(rejected);
}

function classesOf(desirable: number, undesirable: number): NonNullable<Manifest['classes']> {
  const weights = classWeights(desirable, undesirable);
  return { desirable, undesirable, desirable_weight: weights.desirable, undesirable_weight: weights.undesirable };
}

function lengthsOf(rows: Rows, all: readonly number[], longer: number): NonNullable<Manifest['lengths']> {
  const mean = (of: (row: number) => number) =>
    Math.round((all.reduce((sum, row) => sum + of(row), 0) / Math.max(1, all.length)) * 10) / 10;
  return {
    chosenTokens: mean((row) => rows.rated.tokens(rows.completion(row))),
    rejectedTokens: mean((row) => rejectedTokens(rows, row)),
    longerChosen: Math.round((longer / Math.max(1, all.length)) * 1000) / 1000,
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
