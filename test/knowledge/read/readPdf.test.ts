import type { RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/knowledge/read/readFileAs.ts';
import { lines, makePdf, type Words } from './makePdf.ts';

const read = (bytes: Uint8Array, more: { maxPages?: number } = {}) =>
  readBytes(new Uint8Array(bytes), { path: 'a/x.pdf', fallbackTitle: 'fallback', ...more });
const readPages = (...pages: (readonly Words[])[]) => read(makePdf(pages));
const shown = (node: RootContent) =>
  node.type === 'heading' ? `${'#'.repeat(node.depth)} ${textOf(node)} (${node.data?.anchor})` : textOf(node);
const blocks = async (...pages: (readonly Words[])[]) => (await readPages(...pages)).body.children.map(shown);

const title = (text: string): Words => ({ text, y: 740, size: 20 });
const body = (texts: readonly string[], from = 700) => lines(texts, { from });

describe('the text of a PDF', () => {
  it('is paragraphs, by the gaps between the lines', async () => {
    expect(
      await blocks([
        ...body(['The first line', 'goes on here.']),
        ...body(['Another paragraph', 'of two lines.'], 660),
      ]),
    ).toEqual(['The first line goes on here.', 'Another paragraph of two lines.']);
  });

  it('has its words whole again where a line cut them, and keeps the hyphen of those that have one', async () => {
    expect(
      await blocks(
        body([
          'A well-known case of hyphen-',
          'ation, in a well-',
          'known book, of Baden-',
          'Baden and others of note.',
        ]),
      ),
    ).toEqual(['A well-known case of hyphenation, in a well-known book, of Baden- Baden and others of note.']);
  });

  it('keeps lines that were meant as lines', async () => {
    const [text] = await blocks(
      body(['Opening hours of the library in the summer of this year', 'Monday 9 to 5', 'Friday 9 to 1']),
    );
    expect(text).toBe('Opening hours of the library in the summer of this year Monday 9 to 5\nFriday 9 to 1');
  });

  it('knows lists by their bullets', async () => {
    const page = await readPages(body(['You need:', '\x95 a pass', '\x95 a lamp that is', 'bright enough', 'and']));
    expect(page.body.children.map(({ type }) => type)).toEqual(['paragraph', 'list']);
    expect(textOf(page.body.children[1] as RootContent)).toBe('a passa lamp that is bright enough and');
  });

  it('is read column by column, as it was drawn', async () => {
    const column = (x: number, texts: readonly string[]) => body(texts).map((words) => ({ ...words, x }));
    expect(
      await blocks([
        ...column(72, ['The left column speaks', 'of apples and it']),
        ...column(320, ['ends on the right. There,', 'pears are told of.']),
      ]),
    ).toEqual(['The left column speaks of apples and it ends on the right. There, pears are told of.']);
  });
});

describe('the pages of a PDF', () => {
  const three = [
    [title('Travel'), ...body(['Book early.'])],
    body(['Keep the receipts.']),
    [title('Expenses'), ...body(['Send them in.'])],
  ];

  it('each begin with a heading that leads there, unless one of the document does', async () => {
    expect(await blocks(...three)).toEqual([
      '# Travel (page=1)',
      'Book early.',
      '###### Page 2 (page=2)',
      'Keep the receipts.',
      '# Expenses (page=3)',
      'Send them in.',
    ]);
  });

  it('do not cut a sentence that goes on', async () => {
    expect(
      await blocks(
        body(['A paragraph that is not at its']),
        [...body(['end yet.']), ...body(['New.'], 600)],
        body(['Last.']),
      ),
    ).toEqual([
      'A paragraph that is not at its end yet.',
      '###### Page 2 (page=2)',
      'New.',
      '###### Page 3 (page=3)',
      'Last.',
    ]);
  });

  it('lose what only says where one is', async () => {
    const page = (number: number, text: string) => [
      { text: 'Acme Handbook', y: 810, size: 8 },
      { text: `Chapter ${Math.ceil(number / 2)}: ${number < 3 ? 'Money' : 'Time'} ${number + 10}`, y: 795, size: 8 },
      ...body([text]),
      { text: `Internal - page ${number} of 4`, y: 40, size: 8 },
      { text: String(number), y: 20, size: 8 },
    ];
    const read = await blocks(page(1, 'One.'), page(2, 'Two.'), page(3, 'Three.'), page(4, 'Four.'));
    expect(read.join('|')).not.toMatch(/Acme|Chapter|Internal|\|\d/);
    expect(read).toContain('Three.');
  });

  it('keep what comes back for a reason', async () => {
    const slide = (quarter: number) => [{ text: `Quarter ${quarter} in figures`, y: 800, size: 10 }, ...body(['• up'])];
    const read = await blocks(slide(1), slide(2), slide(3), slide(2), slide(1));
    expect(read.filter((text) => text.startsWith('Quarter'))).toHaveLength(5);
  });
});

describe('what a PDF says about itself', () => {
  const page = [title('The large words'), ...body(['and the small ones.'])];
  it.each([
    ['its properties', '/Title (Annual report)', 'Annual report'],
    ['its first heading, not what a program wrote there', '/Title (Microsoft Word - rep_v2.docx)', 'The large words'],
    ['its first heading, not "untitled"', '/Title (untitled)', 'The large words'],
  ])('title: %s', async (_, info, expected) => {
    expect((await read(makePdf([page], { info }))).title).toBe(expected);
  });
  it('title: its first line, where no heading is', async () => {
    expect((await readPages(body(['Only small words', 'here.']))).title).toBe('Only small words here.');
  });
  it('date: when it was last changed', async () => {
    const info = "/ModDate (D:20240102030405+01'00') /CreationDate (D:2020)";
    expect((await read(makePdf([page], { info }))).updatedAtMs).toBe(Date.UTC(2024, 0, 2, 2, 4, 5));
    expect((await read(makePdf([page], { info: '/CreationDate (D:2020)' }))).updatedAtMs).toBe(Date.UTC(2020, 0, 1));
    expect((await read(makePdf([page], { info: '/ModDate (yesterday)' }))).updatedAtMs).toBeUndefined();
  });
});

describe('a PDF that cannot be read', () => {
  const page = body(['Words.']);
  const encryption =
    `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >> ` +
    `/ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>]`;
  it.each([
    ['is none', Buffer.from('Dear reader'), 'x.pdf is not a PDF, whatever its name says; left out.'],
    ['is cut off', makePdf([page]).subarray(0, 300), /^x\.pdf is damaged: .*; left out\.$/],
    ['is noise', Buffer.from(`%PDF-1.7\n${'noise '.repeat(500)}`), /^x\.pdf is damaged: .*; left out\.$/],
    ['is encrypted', makePdf([page], { trailer: encryption }), /^x\.pdf is encrypted: save it without its password/],
    ['was scanned', makePdf([[], []]), /^x\.pdf has no text: .*\(OCR\)/],
    ['has too many pages', makePdf([page, page, page]), /^x\.pdf has 3 pages; at most 2 of a document are read/],
  ])('costs one sentence if it %s', async (_, bytes, message) => {
    const reading = read(bytes, { maxPages: 2 });
    await expect(reading).rejects.toMatchObject({
      code: 'input',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('costs only the page that is damaged', async () => {
    const text = Buffer.from('BT /F1 10 Tf 1 0 0 1 72 700 Tm (Still here.) Tj ET');
    const pdf = makePdf([text, Buffer.from('not deflated')], { filter: 'ASCIIHexDecode' });
    expect((await read(makePdf([page, text]))).body.children.map(shown)).toContain('Still here.');
    await expect(read(pdf)).rejects.toMatchObject({ code: 'input' });
  });
});
