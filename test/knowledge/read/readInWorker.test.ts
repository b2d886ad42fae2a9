import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/knowledge/read/readFileAs.ts';
import { createReading, type Reading } from '../../../src/knowledge/read/readInWorker.ts';
import { watchMemory } from '../../../src/knowledge/read/watchMemory.ts';
import { makeDocx, paragraph } from './makeDocx.ts';
import { makePdf } from './makePdf.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const open: Reading[] = [];
const reading = (options: Partial<Parameters<typeof createReading>[0]> = {}) => {
  const made = createReading({ maxBytes: 32 * 1024 * 1024, maxSeconds: 60, ...options });
  open.push(made);
  return made;
};

afterEach(async () => {
  for (const made of open.splice(0)) await made.close();
});

describe('createReading', () => {
  it('reads what readBytes reads, many at once, and leaves the bytes to the caller', async () => {
    const { read } = reading();
    const inputs = Array.from({ length: 20 }, (_, at) => ({
      bytes: Buffer.from(`# Page ${at}\n\nHello *you*.`),
      path: `${at}.md`,
      fallbackTitle: '',
    }));
    const pages = await Promise.all(inputs.map(read));
    expect(pages).toEqual(await Promise.all(inputs.map(({ bytes, ...options }) => readBytes(bytes, options))));
    expect(inputs.every(({ bytes }) => bytes.byteLength > 0)).toBe(true);
  });

  it('hands on what is wrong with a document, and goes on', async () => {
    const { read } = reading({ maxBytes: 100 });
    const bad = [
      read({ bytes: utf8('%PDF-1.4'), path: 'a/x.txt', fallbackTitle: '' }),
      read({ bytes: utf8('x'), path: 'x.exe', fallbackTitle: '' }),
      read({ bytes: new Uint8Array(101), path: 'x.txt', fallbackTitle: '' }),
    ];
    const good = read({ bytes: utf8('fine'), path: 'x.txt', fallbackTitle: 'fine' });
    for (const result of await Promise.allSettled(bad)) expect(result).toMatchObject({ reason: { code: 'input' } });
    expect((await good).title).toBe('fine');
  });

  it('ends a document that takes too long, in one sentence', async () => {
    const { read } = reading({ maxSeconds: 0.001 });
    await expect(read({ bytes: utf8('# slow'), path: 'a/slow.md', fallbackTitle: '' })).rejects.toMatchObject({
      code: 'input',
      message: 'slow.md took longer than 0.001 seconds to read (import.fileSeconds); left out.',
    });
  });

  it('survives a document that takes too much memory: the next is read by a new thread', async () => {
    const { read } = reading({ maxHeapMegabytes: 40 });
    const greedy = read({ bytes: utf8('<p>a<b>b</b>\n'.repeat(400_000)), path: 'greedy.html', fallbackTitle: '' });
    const modest = read({ bytes: utf8('modest'), path: 'modest.txt', fallbackTitle: 'modest' });
    await expect(greedy).rejects.toMatchObject({
      code: 'input',
      message: 'greedy.html took more than 40 MB of memory to read; left out.',
    });
    expect((await modest).title).toBe('modest');
  });

  it('cancels what is under way when it is closed, and takes nothing after', async () => {
    const { read, close } = reading();
    const results = Promise.allSettled([1, 2].map(() => read({ bytes: utf8('x'), path: 'x.txt', fallbackTitle: '' })));
    await close();
    for (const result of await results) expect(result).toMatchObject({ reason: { code: 'cancelled' } });
    await expect(read({ bytes: utf8('x'), path: 'x.txt', fallbackTitle: '' })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('a hostile document of each kind costs a sentence, and the next is read', () => {
  const spinning = makePdf([deflateSync(Buffer.alloc(60_000_000, 'BT /F1 9 Tf (a) Tj ET '))], {
    filter: 'FlateDecode',
  });
  it.each<[string, string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['a PDF that keeps the parser busy', 'spin.pdf', () => spinning, /^spin\.pdf took longer than 4 seconds to read/],
    ['a PDF of too many pages', 'x.pdf', () => makePdf([[], [], [], []]), /^x\.pdf has 4 pages; at most 3/],
    ['a scanned PDF', 'x.pdf', () => makePdf([[]]), /^x\.pdf has no text/],
    ['half a Word document', 'x.docx', async () => (await makeDocx(paragraph('x'))).subarray(0, 400), /damaged/],
    ['one endless line', 'x.csv', () => Buffer.alloc(30_000_000, 'a,b'), /a row of more than/],
  ])('%s', async (_, path, make, message) => {
    const { read } = reading({ maxSeconds: path === 'spin.pdf' ? 4 : 60, maxPages: 3 });
    const bad = read({ bytes: await make(), path, fallbackTitle: '' });
    const good = read({ bytes: makePdf([[{ text: 'Fine.', y: 700 }]]), path: 'good.pdf', fallbackTitle: '' });
    await expect(bad).rejects.toMatchObject({ code: 'input', message: expect.stringMatching(message) });
    expect((await good).title).toBe('Fine.');
  });

  it('says when the process grows too much, whatever a heap may hold', async () => {
    const kept: Buffer[] = [];
    let unwatch = () => {};
    const grown = new Promise<void>((resolve) => {
      unwatch = watchMemory(32 * 1024 ** 2, resolve);
    });
    for (let at = 0; at < 8; at += 1) kept.push(Buffer.alloc(16 * 1024 ** 2, 1));
    await grown;
    unwatch();
    expect(kept).toHaveLength(8);
  });
});
