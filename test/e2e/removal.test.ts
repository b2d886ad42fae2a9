import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { createBackscroll, type Started } from './backscroll.ts';
import { PEOPLE, writeTeam } from './team.ts';

const { folder, home: makeHome, start, run, untilStatus, clean } = createBackscroll();
afterAll(clean);

/** What must not stay: whole sentences, names, and words that stand nowhere else, also as the index has them. */
const IN_MESSAGES = ['quixolando', 'Frobnitzer', 'the pin of the vault is seven seven three', 'vexatronic'];
const IN_PRIVATE = ['zwibbelkraft', 'the raise of the captain is nine percent'];
const IN_DOCUMENTS = ['blorptastic', 'the recipe needs eleven spoons of cardamom', 'Grumbelwald'];
const IN_FEEDBACK = ['mumblecorex'];

describe('remove', () => {
  let home: string;
  let started: Started;
  const json = async (...args: string[]) => {
    const ran = await run([...args, '--json'], { home });
    expect(ran.code, ran.stderr).toBe(0);
    return ran.json;
  };

  beforeAll(async () => {
    home = await makeHome();
    const team = await writeTeam(await folder(), {
      channels: {
        secrets: [
          { at: 0, user: PEOPLE.ann, text: 'How does one open the quixolando door of Frobnitzer?', thread: 0 },
          {
            ...{ at: 60, user: PEOPLE.bob, thread: 0 },
            text: 'For the quixolando door the pin of the vault is seven seven three, then press the vexatronic knob.',
          },
        ],
        weather: [{ at: 900, user: PEOPLE.ann, text: 'It rains on the harbour again, bring boots.' }],
      },
      groups: {
        captains: {
          members: [PEOPLE.ann],
          messages: [
            { at: 100, user: PEOPLE.ann, text: 'zwibbelkraft: the raise of the captain is nine percent', thread: 100 },
          ],
        },
      },
    });
    const documents = join(await folder(), 'cookbook');
    await mkdir(documents);
    await writeFile(
      join(documents, 'cake.md'),
      '# Grumbelwald cake\n\nFor the blorptastic cake the recipe needs eleven spoons of cardamom.\n',
    );
    const kept = join(await folder(), 'kept');
    await mkdir(kept);
    await writeFile(join(kept, 'parking.md'), '# Parking\n\nThe parking lot opens at dawn.\n');
    started = await start({ home, args: ['--no-sample'] });
    await json('import', team, '--space', 'acme');
    await json('import', documents, '--space', 'acme');
    await json('import', kept, '--space', 'island');
  });

  it('takes every byte of the texts off the disk, and what people said of them', async () => {
    const browser = createBrowser(started.url);
    await browser.open(started.link);
    const answers: string[] = [];
    for (const question of [
      'What is the pin of the vault for the door?',
      'How many spoons does the cake recipe need?',
    ]) {
      const { threadId } = await browser.ask(question);
      const stream = await browser.follow(threadId);
      const { answer } = (await stream.until('finished')).at(-1)?.data ?? {};
      stream.end();
      expect(answer.status).toBe('answered');
      answers.push(answer.id);
      await browser.put(`/api/answers/${answer.id}/vote`, { eventId: crypto.randomUUID(), value: 'down' });
      const text = `mumblecorex: it should have said ${answer.text}`;
      const corrected = await browser.post(`/api/answers/${answer.id}/correction`, {
        eventId: crypto.randomUUID(),
        text,
      });
      expect(corrected.json.correction).toContain('mumblecorex');
    }
    const asked = await json('ask', 'What is the pin of the vault for the door?');
    expect(asked.answer).toContain('seven seven three');
    await json('ask', 'What is the raise of the captain?', '--as', 'ann', '--space', 'acme');
    expect((await json('ask', 'When does the parking lot open?')).answer).toContain('dawn');

    // So that this test can fail: all of it is there before.
    expect(await found(home)).toEqual(new Set([...IN_MESSAGES, ...IN_PRIVATE, ...IN_DOCUMENTS, ...IN_FEEDBACK]));

    const removed = await json('remove', 'acme');
    expect(removed).toMatchObject({ removed: { kind: 'space' }, messages: 4 });
    expect(removed.answersErased).toBeGreaterThanOrEqual(4);
    // While it runs, and after it has ended.
    await untilStatus({ home }, ({ vectors }) => vectors.generations[0].unwanted === 0);
    expect(await found(home)).toEqual(new Set());
    for (const id of [...answers, asked.traceId]) {
      const trace = await json('trace', id);
      expect(trace).toMatchObject({ erased: true, answer: '' });
    }
    expect((await browser.get('/api/threads')).status).toBe(200);
    expect(await started.stop()).toBe(0);
    expect(await found(home)).toEqual(new Set());
  });

  it('leaves the other spaces and the votes', async () => {
    expect((await json('ask', 'When does the parking lot open?')).answer).toContain('dawn');
    const { spaces, feedback } = await json('status');
    expect(spaces.map(({ name }: { name: string }) => name)).toEqual(['island']);
    expect(feedback).toMatchObject({ down: 2 });
  });
});

/** Which of the markers stand in any file of the home, in UTF-8, UTF-16 or base64, in any case. */
async function found(home: string): Promise<Set<string>> {
  const markers = [...IN_MESSAGES, ...IN_PRIVATE, ...IN_DOCUMENTS, ...IN_FEEDBACK];
  const seen = new Set<string>();
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const narrow = bytes.toString('latin1').toLowerCase();
    for (const marker of markers) {
      const text = marker.toLowerCase();
      const wide = Buffer.from(text, 'utf16le').toString('latin1');
      // The middle of base64 at each of its three alignments.
      const encoded = [0, 1, 2].map((shift) =>
        Buffer.from(marker.slice(shift), 'utf8').toString('base64').slice(0, -4).toLowerCase(),
      );
      if ([text, wide, ...encoded].some((form) => narrow.includes(form))) seen.add(marker);
    }
  }
  return seen;
}
