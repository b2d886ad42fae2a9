import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { createBackscroll } from './backscroll.ts';

const { folder, home: makeHome, start, run, clean } = createBackscroll();
afterAll(clean);

const QUESTION = 'Who waters the ficus in the lobby?';

it('a correction answers the same question from then on, also after kill -9, and is traced as what it is', async () => {
  const home = await makeHome();
  const documents = join(await folder(), 'office');
  await mkdir(documents);
  await writeFile(join(documents, 'plants.md'), '# Plants\n\nThe ficus in the lobby is watered by Ines on Mondays.\n');
  let started = await start({ home, args: ['--no-sample'] });
  expect((await run(['import', documents, '--space', 'acme'], { home })).code).toBe(0);
  const browser = createBrowser(started.url);
  await browser.open(started.link);
  const { threadId } = await browser.ask(QUESTION);
  const stream = await browser.follow(threadId);
  const { answer } = (await stream.until('finished')).at(-1)?.data ?? {};
  stream.end();
  expect(answer.text).toContain('Ines');
  const correction = { eventId: crypto.randomUUID(), text: 'Karim waters the ficus since May.' };
  await browser.post(`/api/answers/${answer.id}/correction`, correction);
  // At once, whatever the learner has done by now.
  await started.kill9();
  started = await start({ home, args: ['--no-sample'] });
  const ask = async () => (await run(['ask', QUESTION, '--json'], { home })).json;
  let asked = await ask();
  for (let i = 0; i < 20 && !asked.answer.includes('Karim'); i++) asked = await ask();
  expect(asked.citations[0].title).toBe(`Correction by the team · ${QUESTION}`);
  const traced = (await run(['trace', asked.traceId, '--json'], { home })).json;
  expect(traced.passages[0].title).toBe(`Correction by the team · ${QUESTION}`);
});
