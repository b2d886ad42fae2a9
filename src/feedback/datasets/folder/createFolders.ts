import { existsSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetPlace, DatasetPlaces } from '../../../store/datasetPlaces.ts';
import type { Datasets } from '../../../store/datasets.ts';
import type { Format } from '../Policy.ts';
import { diskError } from './diskError.ts';
import { hasRows, readManifest } from './lookAt.ts';
import { makeFolders, resolvePlace } from './resolvePlace.ts';
import { type Folder, readHidden, syncFolder, takeFolder } from './takeFolder.ts';

/** A hidden folder with words in it that a killed export left and that could not be deleted. */
export interface Leftover {
  readonly path: string;
  /** What the disk said. */
  readonly why: string;
}

/** The folders of this home's datasets, and of those that were begun. */
export interface Folders {
  /**
   * A folder for a dataset that is to stand at `out`. To be given up in the end, whatever comes; one at a time.
   * @throws BackscrollError `usage` for a place that does not do, and what `diskError` makes of the rest
   */
  take(out: string, format: Format): Promise<Folder>;
  /** Puts in order what killed exports left, wherever it is: a dataset comes back to its place, the rest goes. */
  tidy(): Promise<readonly Leftover[]>;
  /** What is still to be put in order. */
  left(): readonly string[];
}

/** One process owns a home, so whatever is noted and not underway in this one is left of one that was killed. */
export function createFolders(deps: {
  readonly places: DatasetPlaces;
  readonly datasets: Pick<Datasets, 'list' | 'finish' | 'drop'>;
  readonly home: string;
}): Folders {
  const { places, datasets } = deps;
  /** Places that a dataset is being made for. */
  const underway = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();

  async function sweep(place: DatasetPlace): Promise<void> {
    // Its disk may be away: another time.
    if (!lstatSync(dirname(place.path), { throwIfNoEntry: false })) return;
    // Killed between the two moves: the earlier dataset is whole, and nothing stands in its place.
    if (place.kind === 'before' && existsSync(place.path) && isFree(place.out)) {
      renameSync(place.path, place.out);
      syncFolder(dirname(place.out));
    } else await rm(place.path, { recursive: true, force: true });
    places.clear(place.path);
  }

  /** Also what is not noted: left by an earlier version, or since the last backup of the home. */
  async function sweepBeside(out: string): Promise<void> {
    const beside = readdirSync(dirname(out)).flatMap((name) => readHidden(join(dirname(out), name)) ?? []);
    const noted = places.list();
    for (const place of [...noted, ...beside].filter((one) => one.out === out)) {
      // It does not keep a dataset from its place; `forget` and `doctor` tell of it.
      await sweep(place).catch(() => places.note(place));
    }
  }

  /** Whether datasets that were registered before their move got there. */
  function settle(): void {
    for (const { number, id, folder, isWhole } of datasets.list()) {
      if (isWhole || underway.has(folder)) continue;
      const manifest = readManifest(folder);
      if (manifest?.id === id) datasets.finish(number);
      else if (manifest || !mayHaveRows(folder)) datasets.drop(number);
    }
  }

  async function tidyAll(): Promise<Leftover[]> {
    const failed: Leftover[] = [];
    for (const place of places.list()) {
      if (underway.has(place.out)) continue;
      try {
        await sweep(place);
      } catch (error) {
        failed.push({ path: place.path, why: (error as NodeJS.ErrnoException).code ?? String(error) });
      }
    }
    settle();
    return failed;
  }

  return {
    async take(out, format) {
      let place: string | undefined;
      try {
        place = resolvePlace(out, deps.home);
        makeFolders(dirname(place));
        underway.add(place);
        await sweepBeside(place);
        const folder = await takeFolder(place, format, places);
        return { ...folder, giveUp: () => folder.giveUp().finally(() => underway.delete(folder.out)) };
      } catch (error) {
        if (place !== undefined) underway.delete(place);
        throw diskError(error, out);
      }
    },
    tidy() {
      const mine = turn.then(tidyAll);
      turn = mine.catch(() => {});
      return mine;
    },
    left: () =>
      places
        .list()
        .filter(({ path, out }) => !underway.has(out) && existsSync(path))
        .map(({ path }) => path),
  };
}

/** Nothing there, or an empty folder: what is moved there takes its place. */
function isFree(out: string): boolean {
  const there = lstatSync(out, { throwIfNoEntry: false });
  return !there || (there.isDirectory() && readdirSync(out).length === 0);
}

/** To be on the safe side when it cannot be told. */
function mayHaveRows(folder: string): boolean {
  try {
    return hasRows(folder);
  } catch {
    return true;
  }
}
