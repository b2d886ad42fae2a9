import { BackscrollError } from '../../base/BackscrollError.ts';

const SAMPLE = 65_536;
/** What files of other kinds begin with: PDF, zip (docx …), gzip, PNG, JPEG, GIF, ELF, SQLite, OLE (doc, xls). */
const SIGNATURES = [
  '%PDF-',
  'PK\x03\x04',
  '\x1f\x8b',
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  '\x7fELF',
  'SQLite format 3',
  '\xd0\xcf\x11\xe0',
];

/**
 * Bytes as text: UTF-8, or UTF-16 by its byte order mark (or by its zeros), or, in HTML that is not valid UTF-8, the
 * charset it declares. What holds nothing of UTF-8 but invalid bytes is Windows-1252, as which Excel saves CSV in the
 * West; in what is UTF-8 otherwise they become U+FFFD. Null bytes go.
 * Throws BackscrollError `input` for what is not text.
 * @param name what to call it in the error
 */
export function decodeBytes(bytes: Uint8Array, options: { readonly name: string; readonly html: boolean }): string {
  const encoding = markOf(bytes) ?? guessUtf16(bytes);
  if (encoding === undefined && isBinary(bytes)) {
    throw new BackscrollError('input', `${options.name} is not text (it looks like a binary file); left out.`);
  }
  let text = new TextDecoder(encoding ?? 'utf-8').decode(bytes);
  if (encoding === undefined && text.includes('\uFFFD')) {
    const declared = options.html ? declaredCharset(bytes) : undefined;
    if (declared !== undefined) text = declared.decode(bytes);
    else if (!/[^\0-\x7f\uFFFD]/.test(text)) text = new TextDecoder('windows-1252').decode(bytes);
  }
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Latin text in UTF-16 without a mark has a zero in every other byte. */
function guessUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.length < 8 || sample.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const half = sample.length / 2;
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.7 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  const head = String.fromCharCode(...sample.subarray(0, 16));
  if (SIGNATURES.some((signature) => head.startsWith(signature))) return true;
  let control = 0;
  for (const byte of sample) {
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1;
  }
  return control > 4 + sample.length * 0.01;
}

function declaredCharset(bytes: Uint8Array): InstanceType<typeof TextDecoder> | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1_024));
  const label = /charset\s*=\s*["']?([\w-]{2,40})/i.exec(head)?.[1];
  try {
    return label === undefined ? undefined : new TextDecoder(label);
  } catch {
    return undefined;
  }
}
