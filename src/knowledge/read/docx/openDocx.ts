import yauzl from 'yauzl';
import { BackscrollError } from '../../../base/BackscrollError.ts';

/** The parts of a Word document by their paths in it; what mammoth asks of its `file`. */
export interface Docx {
  exists(path: string): boolean;
  /** As bytes, or, with an encoding, as text. */
  read(path: string, encoding?: string): Promise<Uint8Array | string>;
}

/** One part, unpacked; a novel has two megabytes. */
const MAX_PART_BYTES = 64 * 1024 ** 2;
const MAX_PARTS = 20_000;
const OLE = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * Opens a .docx (ISO/IEC 29500: a zip of XML parts) in memory. Its directory is checked before anything is unpacked,
 * and no part gives more bytes than the directory says: a zip bomb is refused, not tried. Parts that nobody asks for
 * (pictures, films) are never unpacked.
 * Throws BackscrollError `input` for what is none, is cut off, encrypted, or would grow too much.
 */
export async function openDocx(bytes: Uint8Array, name: string): Promise<Docx> {
  const refuse = (why: string, cause?: unknown) => new BackscrollError('input', `${name} ${why}; left out.`, { cause });
  if (bytes.length === 0) throw refuse('is empty');
  if (OLE.every((byte, at) => bytes[at] === byte)) {
    throw refuse('is encrypted, or of the old Word format (.doc): save it as .docx without a password');
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw refuse('is not a Word document, whatever its name says');
  const parts = new Map<string, yauzl.Entry>();
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for await (const entry of zip.eachEntry()) {
      if (parts.size >= MAX_PARTS) throw refuse(`holds more than ${MAX_PARTS} parts, which no Word document does`);
      if (!parts.has(entry.fileName)) parts.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof BackscrollError) throw error;
    throw refuse('is damaged: it was probably cut off on its way', error);
  }
  const bomb = [...parts.values()].find(
    ({ fileName, uncompressedSize }) => /\.(?:xml|rels)$/i.test(fileName) && uncompressedSize > MAX_PART_BYTES,
  );
  if (bomb) throw refuse('would grow too much when unpacked, as a zip bomb does');
  if (![...parts.keys()].some((path) => path.startsWith('word/'))) throw refuse('is a zip, but not a Word document');

  const readPart = async (path: string): Promise<Buffer> => {
    const entry = parts.get(path);
    if (!entry) throw refuse('is damaged: a part of it is missing');
    try {
      const pieces: Buffer[] = [];
      // yauzl ends with an error where a part becomes longer or shorter than its directory line says.
      for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
      return Buffer.concat(pieces);
    } catch (error) {
      throw refuse('is damaged: a part of it cannot be unpacked', error);
    }
  };
  return {
    exists: (path) => parts.has(path),
    async read(path, encoding) {
      const part = await readPart(path);
      if (encoding === undefined) return part;
      return encoding === 'base64' ? part.toString('base64') : new TextDecoder(encoding).decode(part);
    },
  };
}
