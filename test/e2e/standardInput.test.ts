import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePdf } from '../knowledge/read/makePdf.ts';
import { createBackscroll, type Started } from './backscroll.ts';

const { folder, run, start, clean } = createBackscroll();
const guide = makePdf([
  [{ text: 'Lighthouse guide', y: 700, size: 20 }],
  [{ text: 'The lamp of the lighthouse is cleaned on Thursdays.', y: 700 }],
]);
let home: string;

beforeAll(async () => {
  home = await folder();
});
afterAll(clean);

const pipe = (input: Uint8Array, ...args: string[]) =>
  run(['import', '-', '--space', 'coast', '--json', ...args], { home, input });

it('what is piped in is cited at its page, and leaves nothing behind', async () => {
  const { code, json } = await pipe(guide, '--name', 'Guide', '--url', 'https://coast.example/guide.pdf');
  expect({ code, kind: json.kind, pages: json.pages.added, skipped: json.skipped }).toEqual({
    ...{ code: 0, kind: 'documents', pages: 1, skipped: [] },
  });
  expect(await readdir(join(home, 'spool'))).toEqual([]);
  const asked = await run(['ask', 'When is the lamp of the lighthouse cleaned?', '--json'], { home });
  expect(asked.json.status).toBe('answered');
  expect(asked.json.citations[0]).toMatchObject({ url: 'https://coast.example/guide.pdf#page=2' });
});

it('is handed to a process that runs already', async () => {
  const started: Started = await start({ home, args: ['--no-sample'] });
  const { code, json } = await pipe(guide, '--name', 'Guide', '--url', 'https://coast.example/guide.pdf');
  expect([code, json.pages.unchanged]).toEqual([0, 1]);
  expect(await started.stop()).toBe(0);
});

it.each([
  ['nothing', new Uint8Array(0), [], 2, /^Nothing came by standard input/],
  ['half a zip', Buffer.from('PK\x03\x04'), [], 1, /standard input is not a whole zip file/],
  ['a name of nothing', guide, ['--name', ' '], 2, /^The name of the document \(--name\) is empty/],
])('%s costs one sentence', async (_, input, args, status, sentence) => {
  const { code, stderr } = await pipe(input, ...args);
  expect({ code, stderr: stderr.trim() }).toEqual({ code: status, stderr: expect.stringMatching(sentence) });
  expect(await readdir(join(home, 'spool'))).toEqual([]);
});
