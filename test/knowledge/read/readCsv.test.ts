import fc from 'fast-check';
import { toString as textOf } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/knowledge/read/readCsv.ts';
import { readBytes } from '../../../src/knowledge/read/readFileAs.ts';

const read = (text: string) => readCsv(text, { name: 'x.csv', fallbackTitle: 'phones' });
/** Rows of tables joined by `|`, paragraphs as they are. */
const rows = (text: string) =>
  read(text).body.children.flatMap((node) =>
    node.type === 'table'
      ? node.children.map((row) => row.children.map((cell) => textOf(cell)).join('|'))
      : [textOf(node)],
  );

describe('a small table', () => {
  it.each([
    ['commas', 'name,phone\nAda,1\nBob,2\n'],
    ['semicolons, with commas in numbers', 'name;phone\nAda;1\nBob;2\n'],
    ['tabs', 'name\tphone\nAda\t1\nBob\t2\n'],
    ['bars', 'name|phone\nAda|1\nBob|2\n'],
    ['what Excel says itself', 'sep=;\nname;phone\nAda;1\nBob;2\n'],
    ['Windows lines and a byte order mark', '\uFEFFname,phone\r\nAda,1\r\n\r\nBob,2'],
    ['spaces around', 'name , phone\n Ada, 1\nBob ,2\n'],
    ['quotes around', '"name","phone"\n"Ada","1"\n"Bob","2"'],
  ])('is a table, whatever is between its cells: %s', (_, text) => {
    expect(rows(text)).toEqual(['name|phone', 'Ada|1', 'Bob|2']);
  });

  it('keeps delimiters, quotes and lines within quotes', () => {
    expect(rows('a,b\n"x, ""y""","1\n2"')).toEqual(['a|b', 'x, "y"|1 2']);
  });

  it('has columns for all that rows of any length hold', () => {
    expect(rows('a,b\n1\n1,2,3\n')).toEqual(['a|b|Column 3', '1||', '1|2|3']);
  });

  it.each([
    ['numbers', '1,2\n3,4', 'Column 1|Column 2'],
    ['dates and amounts', '2024-01-02,$ 3.50\n2024-01-03,$ 4', 'Column 1|Column 2'],
    ['the same word twice', 'x,x\n1,2', 'Column 1|Column 2'],
    ['years, which may head columns', 'city,2023,2024\nRome,1,2', 'city|2023|2024'],
    ['a gap', 'name,,phone\nAda,x,1', 'name|Column 2|phone'],
  ])('has names for its columns, given or not: %s', (_, text, header) => {
    expect(rows(text)[0]).toBe(header);
  });

  it('takes quotes that do not pair for letters', () => {
    expect(rows('size,n\n3" pipe,1\n"open,2\n4" pipe,3')).toEqual(['size|n', '3" pipe|1', '"open|2', '4" pipe|3']);
  });
});

describe('a large table', () => {
  it('is many tables, each with the header', () => {
    const { body } = read(`id,what\n${Array.from({ length: 500 }, (_, at) => `${at},thing number ${at}`).join('\n')}`);
    expect(body.children.length).toBeGreaterThan(10);
    expect(body.children.every((node) => node.type === 'table' && textOf(node).startsWith('idwhat'))).toBe(true);
  });

  it('is told row by row where it is wordy or wide', () => {
    const answer = 'word '.repeat(80).trim();
    expect(rows(`question,answer\nHow?,"${answer}"\nWhy?,"${answer}"`)[0]).toBe(`question: How?\nanswer: ${answer}`);
    const wide = Array.from({ length: 12 }, (_, at) => `c${at}`);
    expect(rows(`${wide.join(',')}\n${wide.map((_, at) => (at % 2 ? '' : at)).join(',')}`)).toEqual([
      'c0: 0\nc2: 2\nc4: 4\nc6: 6\nc8: 8\nc10: 10',
    ]);
  });
});

describe('a table that is none', () => {
  const refusal = (bytes: Uint8Array) =>
    readBytes(bytes, { path: 'a/x.csv', fallbackTitle: '', maxBytes: 64 * 1024 ** 2 });
  it.each([
    [
      'one line of fifty megabytes',
      () => Buffer.alloc(50_000_000, 'a,b'),
      /^x\.csv has a row of more than \d+ characters; left out\.$/,
    ],
    ['more rows than anybody reads', () => Buffer.from('a,b\n'.repeat(60_000)), /^x\.csv has more than 50000 rows/],
    ['a workbook', () => Buffer.from('PK\x03\x04 xlsx'), /^x\.csv is not text/],
  ])('costs one sentence: %s', async (_, bytes, message) => {
    await expect(refusal(bytes())).rejects.toMatchObject({ code: 'input', message: expect.stringMatching(message) });
  });

  it('whatever the text, it is a page or a sentence', () => {
    const scraps = fc.constantFrom(
      '"',
      ',',
      ';',
      '\t',
      '|',
      '\n',
      '\r',
      'sep=;\n',
      'a',
      '1',
      ' ',
      '\u0000',
      '😀',
      '""',
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 60 }), (parts) => {
        expect(read(parts.join('')).title).toBe('phones');
      }),
      { numRuns: 300 },
    );
  });
});
