import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { BackscrollError } from '../../base/BackscrollError.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** Nobody packs a page more than twice, except to hurt. */
const MAX_ENCODINGS = 2;

/**
 * Reads a body to its end, unpacked, and stops as soon as it is longer than `maxBytes`, packed or unpacked, whatever
 * length was promised. The stream is destroyed then.
 * @param encoding the header `content-encoding`
 * @param cut gives the beginning of what is longer
 * @param heard called with everything that comes
 * @throws BackscrollError `input` for what is too long or packed in a way that cannot be undone
 */
export async function readBody(
  body: Readable,
  options: { readonly encoding: string; readonly maxBytes: number; readonly cut?: boolean; readonly heard: () => void },
): Promise<Uint8Array> {
  const { maxBytes, heard } = options;
  const pieces: Uint8Array[] = [];
  let unpackedBytes = 0;
  try {
    const layers = decoders(options.encoding);
    const packed = boundedBy(body, options.cut ? Number.POSITIVE_INFINITY : maxBytes, heard);
    for await (const piece of layers.length === 0 ? packed : unpack(packed, layers)) {
      unpackedBytes += piece.length;
      pieces.push(piece);
      if (unpackedBytes <= maxBytes) continue;
      if (options.cut) break;
      throw tooLong(maxBytes);
    }
  } finally {
    body.destroy();
  }
  const whole = Buffer.concat(pieces);
  return options.cut ? whole.subarray(0, maxBytes) : whole;
}

function decoders(encoding: string): Transform[] {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_ENCODINGS) throw new BackscrollError('input', 'Left out: it is packed more than twice.');
  return names.reverse().map((name) => {
    const make = DECODERS[name];
    if (make === undefined) throw new BackscrollError('input', 'Left out: it is packed in a way that is not known.');
    return make();
  });
}

async function* boundedBy(body: Readable, maxBytes: number, heard: () => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    heard();
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLong(maxBytes);
    yield piece;
  }
}

/** Through each layer in turn; what is not taken out is not unpacked, so that a bomb never gets to its size. */
async function* unpack(packed: AsyncIterable<Uint8Array>, layers: readonly Transform[]): AsyncGenerator<Uint8Array> {
  let cut: unknown;
  const source = Readable.from(
    (async function* () {
      try {
        yield* packed;
      } catch (error) {
        cut = error;
        throw error;
      }
    })(),
    { objectMode: false },
  );
  const unpacked = pipeline([source, ...layers], () => {}) as unknown as Readable;
  try {
    yield* unpacked as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw cut ?? unpackable(error);
  } finally {
    source.destroy();
    for (const layer of layers) layer.destroy();
  }
}

function unpackable(cause: unknown): BackscrollError {
  return new BackscrollError('input', 'Left out: it cannot be unpacked; it is damaged, or not packed as it says.', {
    cause,
  });
}

function tooLong(maxBytes: number): BackscrollError {
  const megabytes = Math.round((maxBytes / 1024 ** 2) * 10) / 10;
  return new BackscrollError('input', `Left out: it is longer than ${megabytes} MB.`);
}
