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
import type { Row } from '../Row.ts';
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
  const written = await writeFiles(folder, chosen.split, given.writers, signal);
  if (!written) return undefined;
  const { files, replaced } = written;

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
    redacted: Object.fromEntries(Object.entries(replaced).sort()),
    warnings: warningsFor(format, chosen.split),
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
  return { manifest, lines: SPLITS.map((name) => chosen.split[name].map(({ answerIds }) => answerIds)) };
}

async function writeWhole(path: string, text: string): Promise<WrittenFile> {
  const file = await createFile(path);
  try {
    file.write(text);
    return await file.end();
  } finally {
    await file.close();
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
