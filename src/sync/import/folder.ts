import { pathToFileURL } from 'node:url';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { sha256 } from '../../base/hash.ts';
import type { Changes, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { ArchiveEntry, ArchiveOrigin } from './Archive.ts';
import { addChanges, noChanges } from './addChanges.ts';
import type { ImportJob } from './ImportJob.ts';
import type { PageReading } from './PageReading.ts';
import { createProgress, stopIfCancelled, sumBytes } from './Progress.ts';
import { readWhole } from './readWhole.ts';
import { slugOf } from './spaceName.ts';

export interface FolderImportOptions {
  /** Where the folder can be read on the web: citations link there instead of to the file. */
  readonly baseUrl?: string;
  /** The identity of the folder in its space; without it its name, so that it stays itself when it is moved. */
  readonly sourceKey?: string;
  readonly maxDocumentBytes?: number;
}

export interface ImportedPages {
  readonly space: SpaceFacts;
  readonly sources: number;
  readonly pages: Changes;
}

/** As readers have it; asked here too, so that what is longer is not even loaded. */
const maxDocumentBytes = 20 * 1024 ** 2;

/**
 * Takes in the documents of a folder, of a zip of one, or a single file. Documents that are gone from the folder since
 * the last time are taken away, but not those that cannot be read this time, and none if a part of it could not be listed.
 *
 * @throws BackscrollError `usage` for a base address that is none, `cancelled` between two documents
 */
export async function importFolder(
  job: ImportJob,
  reading: PageReading,
  options: FolderImportOptions = {},
): Promise<ImportedPages> {
  const { archive, ingest, skipped } = job;
  const maxBytes = options.maxDocumentBytes ?? maxDocumentBytes;
  const addressOf = createAddress(archive.origin, options.baseUrl);
  const documents = findDocuments(job, reading);
  const name = job.root === '' ? archive.origin.name || job.spaceName : job.root.slice(0, -1);

  const space = await findSpace(job);
  await ingest.space(space, []);
  const source = await ingest.source({
    spaceId: space.id,
    kind: 'folder',
    key: options.sourceKey ?? name,
    name,
    audience: { kind: 'everybody' },
  });

  const progress = createProgress('documents', sumBytes(documents), job.report);
  const keys = new Set<string>();
  let pages = noChanges;
  for (const { path, sizeBytes } of documents) {
    stopIfCancelled(job.signal);
    const inner = path.slice(job.root.length);
    keys.add(inner);
    try {
      if (sizeBytes > maxBytes) {
        skipped.add('larger than a document may be', `${path}: ${sizeBytes} bytes of at most ${maxBytes}`);
        continue;
      }
      const bytes = await readWhole(archive, path, maxBytes);
      const page = await reading.read({ bytes, path: inner, fallbackTitle: titleOf(inner) });
      // Known by its path: that is there even when the document, and the address that it names, cannot be read.
      const url = webAddress(page.url) ?? addressOf(path, inner);
      pages = addChanges(pages, await ingest.page(source, inner, page, url));
    } catch (error) {
      if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
      skipped.add('could not be read', `${path}: ${error.message}`);
    } finally {
      progress.advance(sizeBytes);
    }
  }
  if (archive.origin.kind !== 'file' && job.listing.isWhole) {
    pages = addChanges(pages, await ingest.keepOnly(source, keys));
  }
  progress.finish();
  return { space, sources: 1, pages };
}

function findDocuments({ listing, skipped, root }: ImportJob, reading: PageReading): ArchiveEntry[] {
  return listing.entries.filter(({ path }) => {
    const isDocument = path.startsWith(root) && reading.canRead(path);
    if (!isDocument) skipped.add('not a kind of document that can be read', path);
    return isDocument;
  });
}

/** The space that the name stands for already, of whatever platform, or a local one. */
async function findSpace({ spaceName, resolveSpace }: ImportJob): Promise<SpaceFacts> {
  const name = spaceName.trim();
  const slug = slugOf(name);
  const known = await resolveSpace(name);
  if (!known) {
    // Another name may have the same slug ("R&D", "R D"): it is another space.
    const isTaken = (await resolveSpace(`local:${slug}`)) !== undefined;
    return {
      id: isTaken ? `local:${slug}-${sha256(name.toLowerCase()).slice(0, 8)}` : `local:${slug}`,
      platform: 'local',
      name,
    };
  }
  const platform = known.platform === 'slack' || known.platform === 'discord' ? known.platform : 'local';
  return { id: known.id, platform, name };
}

/** What a citation links to when the document itself names no address. */
function createAddress(origin: ArchiveOrigin, baseUrl: string | undefined): (path: string, inner: string) => string {
  const encoded = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  if (baseUrl !== undefined) {
    const base = webAddress(baseUrl);
    if (base === undefined) {
      throw new BackscrollError('usage', 'The address of the documents (--url) has to begin with https:// or http://.');
    }
    return (_, inner) => `${base.replace(/\/*$/, '')}/${encoded(inner.toWellFormed())}`;
  }
  const here = pathToFileURL(origin.path).href;
  if (origin.kind === 'file') return () => here;
  return (path) => `${here}${origin.kind === 'zip' ? '#' : '/'}${encoded(path.toWellFormed())}`;
}

/** Only what people can click: a document may claim any address. */
function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : undefined;
}

function titleOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/\.[^.]+$/, '') || name;
}
