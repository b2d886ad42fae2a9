import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { sha256 } from '../../../base/hash.ts';
import type { SourceFacts } from '../../../knowledge/ingest/Ingest.ts';
import { type Archive, type ArchiveEntry, type ArchiveListing, archiveLimits } from '../../import/Archive.ts';
import { createAddress, titleOf, webAddress } from '../../import/folder.ts';
import { openArchive } from '../../import/openArchive.ts';
import type { PageReading } from '../../import/PageReading.ts';
import { readWhole } from '../../import/readWhole.ts';
import { createSkipLog } from '../../import/SkipLog.ts';
import type { Item, Source, SourceIo } from '../Source.ts';

export interface FolderSettings {
  /** Absolute. */
  readonly path: string;
  /** Where it can be read on the web. */
  readonly url?: string;
  readonly cron: string;
  readonly staleAfterMs: number;
  readonly maxDocumentBytes: number;
}

const fileSchema = z.object({ sizeBytes: z.number(), modifiedMs: z.number().optional(), hash: z.string().optional() });

/**
 * A folder of documents, kept in step: the same documents, addresses and order as `import` has, so that a folder that was
 * imported goes on as the same source. A file is opened only when its size or its time has changed.
 */
export function createFolderSource(place: SourceFacts, settings: FolderSettings, reading: PageReading): Source {
  let listing: ArchiveListing | undefined;
  const isDocument = ({ path }: ArchiveEntry) => reading.canRead(path);

  async function readFile(archive: Archive, entry: ArchiveEntry, io: SourceIo): Promise<Item> {
    const { path: key, sizeBytes, modifiedMs } = entry;
    const before = parse(io.remembered(key));
    const noted = (hash?: string) =>
      JSON.stringify({ sizeBytes, ...(modifiedMs === undefined ? {} : { modifiedMs }), ...(hash ? { hash } : {}) });
    try {
      const bytes = await readWhole(archive, key, settings.maxDocumentBytes);
      const hash = sha256(Buffer.from(bytes).toString('latin1'));
      if (before?.hash === hash) return { kind: 'unchanged', key, memory: noted(hash) };
      const page = await reading.read({ bytes, path: key, fallbackTitle: titleOf(key) });
      const url =
        webAddress(page.url) ??
        createAddress(archive.origin, settings.url === undefined ? {} : { baseUrl: settings.url })(key, key);
      return { kind: 'page', to: place, key, page, url, memory: noted(hash) };
    } catch (error) {
      if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
      return { kind: 'failure', key, sentence: `${key}: ${error.message}`, memory: noted() };
    }
  }

  async function* since(io: SourceIo): AsyncGenerator<Item> {
    const archive = await openArchive(settings.path, createSkipLog(), archiveLimits);
    try {
      listing = await archive.list();
      const changed = listing.entries.filter(isDocument).filter((entry) => {
        const before = parse(io.remembered(entry.path));
        return before?.sizeBytes !== entry.sizeBytes || before.modifiedMs !== entry.modifiedMs;
      });
      let done = 0;
      for (const entry of changed) {
        io.signal.throwIfAborted();
        yield await readFile(archive, entry, io);
        io.report({ done: ++done, total: changed.length, unit: 'documents' });
      }
    } finally {
      await archive.close();
    }
  }

  return {
    about: {
      ...{ id: `folder:${place.key.replace(/\s+/g, '-')}`, kind: 'folder', spaceId: place.spaceId, name: place.name },
      ...{ cron: settings.cron, staleAfterMs: settings.staleAfterMs },
    },
    changes: { since: (_, io) => since(io) },
    everything: {
      async *list() {
        // What could not be listed may still be there.
        if (!listing?.isWhole) {
          throw new BackscrollError(
            'unavailable',
            `A part of ${place.name} cannot be listed, so that nothing of it was taken away. Check the rights of its folders.`,
          );
        }
        yield { to: place, keys: listing.entries.filter(isDocument).map(({ path }) => path) };
      },
    },
  };
}

function parse(memory: string | undefined): z.output<typeof fileSchema> | undefined {
  if (memory === undefined) return undefined;
  try {
    return fileSchema.safeParse(JSON.parse(memory)).data;
  } catch {
    return undefined;
  }
}
