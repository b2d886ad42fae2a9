import { pathToFileURL } from 'node:url';
import { toString as textOf } from 'mdast-util-to-string';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { sha256 } from '../../base/hash.ts';
import type { Changes, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { ArchiveEntry, ArchiveOrigin } from './Archive.ts';
import { addChanges, noChanges } from './addChanges.ts';
import { inputAddress, inputName } from './fromInput.ts';
import type { ImportJob } from './ImportJob.ts';
import type { PageReading } from './PageReading.ts';
import { createProgress, stopIfCancelled, sumBytes } from './Progress.ts';
import { readWhole } from './readWhole.ts';
import { printable } from './SkipLog.ts';
import { slugOf } from './spaceName.ts';

export interface FolderImportOptions {
  /** Where the folder can be read on the web: citations link there instead of to the file. */
  readonly baseUrl?: string;
  /** The identity of the folder in its space; without it its name, so that it stays itself when it is moved. */
  readonly sourceKey?: string;
  readonly maxDocumentBytes?: number;
  /** The space it belongs to, where that is known better than by its name. */
  readonly space?: SpaceFacts;
  /** It came by standard input: the name it was given is its title and its identity. */
  readonly input?: { readonly name?: string };
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
 * @throws BackscrollError `usage` for a base address that is none, `cancelled` between two documents, `input` where the
 * only file cannot be read: then nothing is declared either
 */
export async function importFolder(
  job: ImportJob,
  reading: PageReading,
  options: FolderImportOptions = {},
): Promise<ImportedPages> {
  const { archive, ingest, skipped } = job;
  const maxBytes = options.maxDocumentBytes ?? maxDocumentBytes;
  const addressOf = createAddress(archive.origin, options);
  const documents = findDocuments(job, reading);
  const name = nameOf(job, options.input);
  const isSingle = archive.origin.kind === 'file';
  const isSingleInput = isSingle && options.input !== undefined;

  const space = options.space ?? (await findSpace(job));
  const declare = async () => {
    await ingest.space(space, []);
    const key = options.sourceKey ?? name;
    return ingest.source({ spaceId: space.id, kind: 'folder', key, name, audience: { kind: 'everybody' } });
  };
  let declared: Promise<number> | undefined;

  const progress = createProgress('documents', sumBytes(documents), job.report);
  const keys = new Set<string>();
  let pages = noChanges;
  for (const { path, sizeBytes } of documents) {
    stopIfCancelled(job.signal);
    const inner = path.slice(job.root.length);
    keys.add(inner);
    try {
      if (sizeBytes > maxBytes) {
        if (isSingle) throw tooLarge(path, sizeBytes, maxBytes);
        skipped.add('larger than a document may be', `${path}: ${sizeBytes} bytes of at most ${maxBytes}`);
        continue;
      }
      const bytes = await readWhole(archive, path, maxBytes);
      const read = await reading.read({ bytes, path: inner, fallbackTitle: isSingleInput ? name : titleOf(inner) });
      const page = isSingleInput && options.input?.name ? { ...read, title: options.input.name } : read;
      if (textOf(page.body).trim() === '') {
        if (isSingle) throw new BackscrollError('input', `${printable(path)} is empty: there are no words in it.`);
        skipped.add('empty: no words in it', path);
      }
      // Known by its path: that is there even when the document, and the address that it names, cannot be read. What came
      // alone by standard input has no path: its title stands for it.
      const place = isSingleInput ? page.title : inner;
      const url = webAddress(page.url) ?? addressOf(path, place);
      declared ??= declare();
      pages = addChanges(pages, await ingest.page(await declared, place, page, url));
    } catch (error) {
      if (isSingle || !(error instanceof BackscrollError) || error.code !== 'input') throw error;
      skipped.add('could not be read', `${path}: ${error.message}`);
    } finally {
      progress.advance(sizeBytes);
    }
  }
  // Of what came without a name nobody can say that it is the same as before with something missing.
  const isWhole = job.listing.isWhole && !isSingle;
  if (isWhole && (options.input === undefined || options.input.name !== undefined)) {
    declared ??= declare();
    pages = addChanges(pages, await ingest.keepOnly(await declared, keys));
  }
  progress.finish();
  return { space, sources: 1, pages };
}

function tooLarge(path: string, bytes: number, maxBytes: number): BackscrollError {
  const megabytes = (count: number) => `${(count / 1024 ** 2).toFixed(1)} MB`;
  return new BackscrollError(
    'input',
    `${printable(path)} has ${megabytes(bytes)}; at most ${megabytes(maxBytes)} of a document are read (import.fileMegabytes).`,
  );
}

function findDocuments({ listing, skipped, root }: ImportJob, reading: PageReading): ArchiveEntry[] {
  return listing.entries.filter(({ path }) => {
    const isDocument = path.startsWith(root) && reading.canRead(path);
    if (!isDocument) skipped.add('not a kind of document that can be read', path);
    return isDocument;
  });
}

function nameOf({ archive, root, spaceName }: ImportJob, input: FolderImportOptions['input']): string {
  if (input) return input.name ?? inputName;
  return root === '' ? archive.origin.name || spaceName : root.slice(0, -1);
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
export function createAddress(
  origin: ArchiveOrigin,
  { baseUrl, input }: Pick<FolderImportOptions, 'baseUrl' | 'input'>,
): (path: string, inner: string) => string {
  const encoded = (path: string) => path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  if (baseUrl !== undefined) {
    const base = webAddress(baseUrl);
    if (base === undefined) {
      throw new BackscrollError('usage', 'The address of the documents (--url) has to begin with https:// or http://.');
    }
    // What came alone and without a file name stands at the address itself.
    if (input && origin.kind === 'file') return () => base;
    return (_, inner) => `${base.replace(/\/*$/, '')}/${encoded(inner)}`;
  }
  if (input) {
    const name = input.name ?? inputName;
    return origin.kind === 'file' ? (_, title) => inputAddress(title) : (path) => inputAddress(name, path);
  }
  const here = pathToFileURL(origin.path).href;
  if (origin.kind === 'file') return () => here;
  return (path) => `${here}${origin.kind === 'zip' ? '#' : '/'}${encoded(path)}`;
}

/** Only what people can click: a document may claim any address. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : undefined;
}

export function titleOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/\.[^.]+$/, '') || name;
}
