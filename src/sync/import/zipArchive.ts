import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Archive, ArchiveLimits, ArchiveOrigin } from './Archive.ts';
import { byPath, checkArchivePath, isHidden } from './archivePath.ts';
import { printable, type SkipLog } from './SkipLog.ts';

/** What is kept of an entry of the central directory; yauzl's own carries three buffers each. */
interface Packed {
  readonly path: string;
  readonly sizeBytes: number;
  readonly compressedSize: number;
  readonly compressionMethod: number;
  readonly crc32: number;
  readonly relativeOffsetOfLocalHeader: number;
}

/**
 * A zip file as an archive, read in place. What is refused before a byte is unpacked: names that lead out, links,
 * encrypted entries, entries that would grow too much, and a directory whose entries overlap (the bombs without
 * recursion do: the entries together would be longer than the file). While reading, an entry gives no more bytes than
 * its directory line says, so that what holds for the lines holds for the bytes.
 *
 * @throws BackscrollError `input` if it is no zip, is cut off, or would grow beyond the limits as a whole
 */
export async function openZipArchive(origin: ArchiveOrigin, limits: ArchiveLimits, skipped: SkipLog): Promise<Archive> {
  await checkSignature(origin);
  let zip: yauzl.ZipFile | undefined;
  try {
    zip = await yauzl.openPromise(origin.path, {
      autoClose: false,
      // Names are decoded and checked here, one by one: yauzl would give up the whole file at the first bad one.
      decodeStrings: false,
      validateEntrySizes: false,
    });
    const packed = await readDirectory(zip, origin, limits, skipped);
    return createArchive(origin, zip, packed);
  } catch (error) {
    zip?.close();
    if (error instanceof BackscrollError) throw error;
    throw new BackscrollError(
      'input',
      `${printable(origin.label)} is not a whole zip file: it was probably cut off or damaged on its way. ` +
        `Fetch it again. (${printable(error instanceof Error ? error.message : String(error))})`,
      { cause: error },
    );
  }
}

async function checkSignature(origin: ArchiveOrigin): Promise<void> {
  await using file = await open(origin.path);
  const { buffer } = await file.read({ buffer: Buffer.alloc(4), length: 4, position: 0 });
  const isZip = buffer[0] === 0x50 && buffer[1] === 0x4b && [0x0304, 0x0506, 0x0708].includes(buffer.readUInt16BE(2));
  if (!isZip) {
    throw new BackscrollError('input', `${printable(origin.label)} is not a zip file, whatever its name says.`);
  }
}

async function readDirectory(
  zip: yauzl.ZipFile,
  origin: ArchiveOrigin,
  limits: ArchiveLimits,
  skipped: SkipLog,
): Promise<Map<string, Packed>> {
  const packed = new Map<string, Packed>();
  let encrypted = 0;
  let packedBytes = 0;
  let totalBytes = 0;
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    if (++seen > limits.maxEntries) throw tooMuch(origin, `more than ${limits.maxEntries} files`);
    packedBytes += entry.compressedSize;
    if (packedBytes > zip.fileSize) throw tooMuch(origin, 'files that overlap, as a zip bomb has them');
    const name = nameOf(entry);
    const refusal = refusalOf(entry, limits);
    const checked = checkArchivePath(name);
    if (entry.isEncrypted()) encrypted++;
    if ('refused' in checked) skipped.add(checked.refused, name);
    else if (name.endsWith('/')) continue;
    else if (isHidden(checked.path)) skipped.add('hidden, or in node_modules', checked.path);
    else if (refusal) skipped.add(refusal, checked.path);
    else if (packed.has(checked.path)) skipped.add('a second file of the same name', checked.path);
    else {
      totalBytes += entry.uncompressedSize;
      packed.set(checked.path, {
        path: checked.path,
        sizeBytes: entry.uncompressedSize,
        compressedSize: entry.compressedSize,
        compressionMethod: entry.compressionMethod,
        crc32: entry.crc32,
        relativeOffsetOfLocalHeader: entry.relativeOffsetOfLocalHeader,
      });
    }
  }
  if (isBomb(totalBytes, zip.fileSize, limits) || totalBytes > limits.maxTotalBytes) {
    throw tooMuch(origin, `${totalBytes} bytes when unpacked, which looks like a zip bomb`);
  }
  if (packed.size === 0 && encrypted > 0) {
    throw new BackscrollError(
      'input',
      `${printable(origin.label)} is encrypted: unpack it with its password and import the folder.`,
    );
  }
  return packed;
}

function createArchive(origin: ArchiveOrigin, zip: yauzl.ZipFile, packed: ReadonlyMap<string, Packed>): Archive {
  return {
    origin,
    list: async () => ({
      entries: [...packed.values()].map(({ path, sizeBytes }) => ({ path, sizeBytes })).sort(byPath),
      isWhole: true,
    }),
    async *read(path) {
      const entry = packed.get(path);
      if (!entry) throw new BackscrollError('input', `${printable(path)} is not in ${printable(origin.label)}.`);
      const damaged = (why: string, cause?: unknown) =>
        new BackscrollError('input', `${printable(path)} in ${printable(origin.label)} is damaged (${why}).`, {
          cause,
        });
      let bytes = 0;
      let sum = 0;
      try {
        const stream = await zip.openReadStreamPromise(
          Object.assign(new yauzl.Entry(), entry, { generalPurposeBitFlag: 0 }),
        );
        for await (const piece of stream) {
          bytes += piece.length;
          if (bytes > entry.sizeBytes) throw damaged('it holds more than the zip says, as a zip bomb does');
          sum = crc32(piece, sum);
          yield piece;
        }
      } catch (error) {
        if (error instanceof BackscrollError) throw error;
        throw damaged(printable(error instanceof Error ? error.message : String(error)), error);
      }
      if (bytes < entry.sizeBytes) throw damaged('its end is missing');
      if (sum !== entry.crc32) throw damaged('its checksum is wrong');
    },
    close: async () => zip.close(),
  };
}

/** Zips without the UTF-8 flag are old (code page 437), or made by tools that write UTF-8 and do not say so. */
function nameOf(entry: yauzl.Entry): string {
  const flags = entry.generalPurposeBitFlag | (isUtf8(entry.fileNameRaw) ? 0x800 : 0);
  return yauzl.getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, true);
}

function refusalOf(entry: yauzl.Entry, limits: ArchiveLimits): string | undefined {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (kind === 0o120000) return 'a symbolic link';
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return 'neither a file nor a folder';
  if (entry.isEncrypted()) return 'encrypted: unpack the zip with its password and import the folder';
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) return 'packed in a way that is not known here';
  if (isBomb(entry.uncompressedSize, entry.compressedSize, limits)) return 'it would grow too much: a zip bomb';
  return undefined;
}

function isBomb(sizeBytes: number, packedBytes: number, limits: ArchiveLimits): boolean {
  return sizeBytes > limits.minBombBytes && sizeBytes > packedBytes * limits.maxRatio;
}

function tooMuch(origin: ArchiveOrigin, what: string): BackscrollError {
  return new BackscrollError('input', `${printable(origin.label)} is refused: it holds ${what}.`);
}
