import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import { readBytes, readerFor } from '../../../src/knowledge/read/readFileAs.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, path = 'a/notes.txt') => readBytes(bytes, { path, fallbackTitle: 'fallback' });
const words = async (bytes: Uint8Array, path?: string) => textOf((await read(bytes, path)).body);

async function errorOf(run: () => Promise<unknown>): Promise<BackscrollError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof BackscrollError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readerFor', () => {
  it.each([
    ['a/README.md', 'markdown'],
    ['x.MDX', 'markdown'],
    ['x.markdown', 'markdown'],
    ['a.b/index.HTML', 'html'],
    ['x.htm', 'html'],
    ['x.txt', 'text'],
    ['x.rst', 'text'],
    ['x.pdf', 'pdf'],
    ['x.DOCX', 'docx'],
    ['x.csv', 'csv'],
    ['x.tsv', 'csv'],
    ['x.doc', undefined],
    ['.md', undefined],
    ['Makefile', undefined],
    ['', undefined],
  ])('%s: %s', async (path, format) => {
    expect(readerFor(path)).toBe(format);
  });
});

describe('readBytes', () => {
  it('reads each format by its extension', async () => {
    expect((await read(utf8('# Hi'), 'x.md')).title).toBe('Hi');
    expect((await read(utf8('<title>Ho</title>'), 'x.html')).title).toBe('Ho');
    expect((await read(utf8('text'), 'x.txt')).title).toBe('fallback');
    expect(await words(utf8('import A from "a"\n\nhello'), 'x.mdx')).toBe('hello');
  });

  const utf16 = (text: string, big: boolean, mark: boolean) => {
    const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  it.each([
    ['UTF-8 with a mark', utf8('\uFEFFGrüße')],
    ['UTF-16 LE', utf16('Grüße', false, true)],
    ['UTF-16 BE', utf16('Grüße', true, true)],
    ['UTF-16 LE without a mark', utf16('Grüße', false, false)],
    ['null bytes in between', utf8('Gr\0üße')],
  ])('decodes %s', async (_, bytes) => {
    expect(await words(bytes)).toBe('Grüße');
  });
  it('takes what cannot be UTF-8 for Windows-1252', async () => {
    expect(await words(Buffer.from('Grüße für 5 \x80 \x96 schön', 'latin1'))).toBe('Grüße für 5 € – schön');
  });
  it('replaces invalid bytes in what is UTF-8 otherwise', async () => {
    expect(await words(Buffer.concat([utf8('ü'), Uint8Array.from([0x61, 0xff, 0x62, 0xc3])]))).toBe('üa\uFFFDb\uFFFD');
  });
  it('heeds the charset that an HTML page declares, if it is not UTF-8', async () => {
    const page = Buffer.from('<meta charset="iso-8859-1"><p>Grüße</p>', 'latin1');
    expect(await words(page, 'x.html')).toBe('Grüße');
    expect(await words(Buffer.from('<meta charset="no-such"><p>Gr\xfc</p>', 'latin1'), 'x.html')).toBe('Grü');
  });
  it.each([
    ['a PDF', utf8('%PDF-1.7 …')],
    ['a zip', utf8('PK\x03\x04…')],
    ['an image', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['noise', Uint8Array.from({ length: 4_096 }, (_, at) => (at * 7919) % 32)],
  ])('refuses %s with a sentence that names the file only', async (_, bytes) => {
    const error = await errorOf(() => read(bytes, '/home/somebody/secret/notes.txt'));
    expect(error.code).toBe('input');
    expect(error.message).toBe('notes.txt is not text (it looks like a binary file); left out.');
  });
  it('refuses what is too large or of a format that is not read', async () => {
    const large = await errorOf(() =>
      readBytes(new Uint8Array(3_000_000), { path: 'x.md', fallbackTitle: '', maxBytes: 2 * 1024 * 1024 }),
    );
    expect(large.message).toBe(
      'x.md has 2.9 MB; at most 2.0 MB of a document are read (import.fileMegabytes); left out.',
    );
    expect((await errorOf(() => read(utf8('x'), 'x.xlsx'))).message).toMatch(/^x\.xlsx is not of a kind that is read/);
  });
  it('reads an empty file as an empty page', async () => {
    for (const path of ['x.md', 'x.html', 'x.txt', 'x.csv'])
      expect((await read(new Uint8Array(0), path)).body.children).toEqual([]);
  });
  it('reads fifty megabytes of one line, if allowed', async () => {
    const page = await readBytes(Buffer.alloc(50_000_000, 'a'), {
      path: 'x.txt',
      fallbackTitle: 'x',
      maxBytes: 60_000_000,
    });
    expect(page.body.children.length).toBeGreaterThan(1_000);
  });
});
