import { lstatSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Format } from '../Policy.ts';
import { unfit } from './diskError.ts';
import { CARD_FILE, MANIFEST_FILE, type Manifest, manifestSchema } from './Manifest.ts';
import { realOf } from './resolvePlace.ts';

/** The manifest goes last, so that what is left by a crash is still known for a dataset. */
const OURS: readonly string[] = ['train.jsonl', 'validation.jsonl', 'test.jsonl', CARD_FILE, MANIFEST_FILE];
const WITH_WORDS = new Set(OURS.filter((name) => name !== CARD_FILE));

/**
 * Looks whether a dataset may stand at `out`: nothing there, an empty folder, or an earlier dataset of ours in the same
 * format and nothing else.
 * @returns the earlier one's manifest
 * @throws BackscrollError `usage` for anything else; what the disk says when it cannot be told
 */
export function lookAt(out: string, format: Format): Manifest | undefined {
  const there = lstatSync(out, { throwIfNoEntry: false });
  if (!there) return undefined;
  if (there.isSymbolicLink()) throw unfit(`${out} became a link meanwhile.`);
  const names = readdirSync(out);
  if (names.length === 0) return undefined;
  const manifest = readManifest(out);
  const foreign = names.find((name) => !OURS.includes(name));
  if (!manifest || foreign !== undefined) {
    throw unfit(`${out} holds something else (${foreign ?? names[0]}), which would be lost: empty it.`);
  }
  if (manifest.format !== format)
    throw unfit(`${out} holds a dataset in the format ${manifest.format}, not ${format}.`);
  return manifest;
}

/** The manifest of the dataset in a folder; undefined when there is none, or something else. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whether anything of a dataset is in a folder, also of one that is broken. @throws when it cannot be told */
export function hasRows(folder: string): boolean {
  const there = lstatSync(realOf(folder), { throwIfNoEntry: false });
  if (!there?.isDirectory()) return false;
  return readdirSync(folder).some((name) => WITH_WORDS.has(name));
}

/** Takes a dataset away; what somebody put beside it stays, with the folder. */
export async function removeDataset(folder: string): Promise<void> {
  for (const name of OURS) await rm(join(folder, name), { force: true });
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
