import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DatasetPlace, DatasetPlaces } from '../../../store/datasetPlaces.ts';
import type { Format } from '../Policy.ts';
import { unfit } from './diskError.ts';
import { lookAt } from './lookAt.ts';
import type { Manifest } from './Manifest.ts';

/** A folder that is made beside its place and moved there whole. */
export interface Folder {
  /** Its place: a real path, no link leads elsewhere. */
  readonly out: string;
  /** Where to write. */
  readonly path: string;
  /** The dataset whose place it takes. */
  readonly before?: Manifest;
  /**
   * Resolves when it is there and what stood in its place is gone (or, where it could not be deleted, is noted). When it
   * rejects, all is as it was: BackscrollError `usage` when something else came to stand there, or what the disk says.
   */
  put(): Promise<void>;
  /** Nothing of it stays. Does nothing after `put`. */
  giveUp(): Promise<void>;
}

/** Makes a folder beside `out`, a real path. Every folder is noted before it is there and until it is gone. */
export async function takeFolder(out: string, format: Format, places: DatasetPlaces): Promise<Folder> {
  const before = lookAt(out, format);
  const path = hidden(out, 'partial');
  await places.note({ path, out, kind: 'partial' });
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    places.clear(path);
    throw error;
  }
  let isPut = false;

  /** In one turn of the loop: nobody of this process sees the place empty. */
  function move(aside: string): void {
    const now = lookAt(out, format);
    if (now && now.id !== before?.id) throw unfit(`${out} was changed while the dataset was made: export again.`);
    const stood = existsSync(out);
    if (stood) renameSync(out, aside);
    try {
      renameSync(path, out);
    } catch (error) {
      if (stood) renameSync(aside, out);
      throw error;
    }
    isPut = true;
  }

  return {
    ...{ out, path },
    ...(before ? { before } : {}),
    async put() {
      syncFolder(path);
      const aside = hidden(out, 'before');
      await places.note({ path: aside, out, kind: 'before' });
      try {
        move(aside);
      } catch (error) {
        if (!existsSync(aside)) places.clear(aside);
        throw error;
      }
      try {
        syncFolder(dirname(out));
        places.clear(path);
        await rm(aside, { recursive: true, force: true });
        places.clear(aside);
      } catch {
        // It stands in its place, and is no worse for what could not be deleted: that is noted, and tried again.
      }
    },
    async giveUp() {
      if (isPut) return;
      await rm(path, { recursive: true, force: true });
      places.clear(path);
    },
  };
}

/** A name beside a place that is nobody else's. */
function hidden(out: string, kind: DatasetPlace['kind']): string {
  return join(dirname(out), `.${basename(out)}.${kind}-${randomBytes(4).toString('hex')}`);
}

/** Which place a hidden name beside it belongs to; undefined for any other name. */
export function readHidden(path: string): DatasetPlace | undefined {
  // Earlier versions had the process's number in it.
  const [, name, kind] = /^\.(.+)\.(partial|before)-(?:\d+-)?[0-9a-f]{8}$/.exec(basename(path)) ?? [];
  return name === undefined ? undefined : { path, out: join(dirname(path), name), kind: kind as DatasetPlace['kind'] };
}

/** Brings what was made, moved or deleted in a folder to the disk. */
export function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
