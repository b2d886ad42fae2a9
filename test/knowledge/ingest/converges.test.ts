import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/knowledge/Message.ts';
import { openTestKnowledge, said } from './openTestKnowledge.ts';

type Knowledge = Awaited<ReturnType<typeof openTestKnowledge>>;
let opened: Knowledge[] = [];

async function open(how?: { thinksSlowly: boolean }): Promise<Knowledge & { source: number }> {
  const knowledge = await openTestKnowledge(how);
  opened.push(knowledge);
  await knowledge.ingest.space({ id: 'slack:T1', platform: 'slack', name: 'acme' }, []);
  const source = await knowledge.ingest.source({
    ...{ spaceId: 'slack:T1', kind: 'channel', key: 'C1', name: '#ops' },
    audience: { kind: 'everybody' },
  });
  return { ...knowledge, source };
}

afterEach(async () => {
  for (const knowledge of opened) await knowledge.close();
  opened = [];
});

/** What can be found in the end: every passage's key and text, with its document; ids and versions aside. */
async function present(knowledge: Knowledge) {
  const { hits } = await knowledge.retrieve({
    question: 'printer vpn deploy coffee database',
    ...{ history: [], limit: 1000, ways: ['words'] },
    reader: { kind: 'everybody', spaces: ['slack:T1'] },
    signal: new AbortController().signal,
  });
  const folded = knowledge.store.passages.versions(hits.flatMap(({ alsoIn }) => alsoIn));
  return [...hits.map(({ passage }) => passage), ...folded]
    .map(({ key, text, documentTitle, url }) => `${documentTitle} | ${key} | ${url} | ${text}`)
    .sort();
}

const WORDS = ['printer', 'vpn', 'deploy', 'coffee', 'database'];
const channel: fc.Arbitrary<Message[]> = fc
  .array(
    fc.record({
      gapMinutes: fc.integer({ min: 0, max: 90 }),
      person: fc.constantFrom('ANNA', 'BEN', 'CARO'),
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }),
      asks: fc.boolean(),
      to: fc.option(fc.constantFrom('ANNA', 'BEN', 'CARO')),
      reply: fc.option(fc.nat({ max: 5 }), { freq: 4 }),
      thread: fc.option(fc.nat({ max: 5 }), { freq: 4 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((lines) => {
    let minutes = 0;
    const roots: string[] = [];
    return lines.map(({ gapMinutes, person, words, asks, to, reply, thread }, i): Message => {
      minutes += gapMinutes;
      const id = `m${String(i).padStart(3, '0')}`;
      const text = `${to ? `<@${to}> ` : ''}${words.join(' ')} number ${i}${asks ? '?' : ''}`;
      const answered = reply === null ? undefined : i - 1 - reply;
      const root = thread === null ? undefined : roots.at(-1 - thread);
      if (root !== undefined) return said(id, minutes, person, text, { threadId: root });
      if (answered !== undefined && answered >= 0) {
        return said(id, minutes, person, text, { replyTo: `m${String(answered).padStart(3, '0')}` });
      }
      roots.push(id);
      return said(id, minutes, person, text);
    });
  });

describe.each([
  ['settled before the next comes', false],
  ['that come while others are being settled', true],
])('what comes live, late or in bulk ends the same, in portions %s', (_, meanwhile) => {
  it('in whatever portions and order the messages come, whatever was wrong at first or taken back', async () => {
    await fc.assert(
      fc.asyncProperty(
        channel,
        fc.infiniteStream(fc.nat({ max: 1000 })),
        fc.array(fc.nat({ max: 24 }), { maxLength: 4 }),
        async (messages, dice, edited) => {
          const bulk = await open();
          await bulk.ingest.messages(bulk.source, messages);
          await bulk.settle();
          const expected = await present(bulk);

          const live = await open({ thinksSlowly: meanwhile });
          const settling: Promise<void>[] = [];
          // Said and taken back: between the others, in their threads, as the root of a thread.
          const takenBack = edited.map((at, i) =>
            said(
              `x${i}`,
              at * 3,
              'ANNA',
              `a slip of the vpn ${i}`,
              i % 2 === 0 ? {} : { threadId: messages[0]?.id ?? `x${i}` },
            ),
          );
          const shuffled = [...messages, ...takenBack]
            .map((message) => ({ message, at: dice.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ message }) => message);
          const firstTexts = new Set(edited);
          for (const [i, message] of shuffled.entries()) {
            const draft = firstTexts.has(i) ? { ...message, text: 'not said like this' } : message;
            await live.ingest.messages(live.source, [draft]);
            if ((dice.next().value as number) % 3 !== 0) continue;
            if (meanwhile) settling.push(live.settle());
            else await live.settle();
          }
          await live.ingest.messages(live.source, [
            ...messages,
            ...takenBack.map((message) => ({ ...message, text: '' })),
          ]);
          await Promise.all(settling);
          await live.settle();
          expect(await present(live)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the same again', () => {
  it('writes and embeds nothing', async () => {
    const knowledge = await open();
    const messages = [
      said('a', 0, 'ANNA', 'how do I reach the vpn?'),
      said('b', 2, 'BEN', '<@ANNA> ask for the vpn token'),
    ];
    expect(await knowledge.ingest.messages(knowledge.source, messages)).toMatchObject({ added: 2, unchanged: 0 });
    await knowledge.settle();
    const before = await present(knowledge);
    const rows = JSON.stringify([...knowledge.index.rows].map(([name, held]) => [name, [...held.keys()]]));

    expect(await knowledge.ingest.messages(knowledge.source, messages)).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 2,
    });
    await knowledge.settle();
    expect(await present(knowledge)).toEqual(before);
    expect(JSON.stringify([...knowledge.index.rows].map(([name, held]) => [name, [...held.keys()]]))).toBe(rows);
  });

  it('with one message changed changes its own passage and no other', async () => {
    const knowledge = await open();
    const thread = (id: string, minutes: number, text: string, root: string) =>
      said(id, minutes, 'ANNA', text, { threadId: root });
    const messages = [
      thread('a', 0, 'the printer on the third floor is broken', 'a'),
      thread('b', 1, 'the printer is repaired', 'a'),
      thread('c', 600, 'the deploy is late', 'c'),
      thread('d', 601, 'the deploy is done', 'c'),
    ];
    await knowledge.ingest.messages(knowledge.source, messages);
    await knowledge.settle();
    const ids = () => [...(knowledge.index.rows.values().next().value?.keys() ?? [])].sort();
    const before = ids();
    const changed = await knowledge.ingest.messages(
      knowledge.source,
      messages.map((message) => (message.id === 'd' ? { ...message, text: 'the deploy is cancelled' } : message)),
    );
    expect(changed).toMatchObject({ added: 0, changed: 1, unchanged: 3 });
    await knowledge.settle();
    expect(before).toHaveLength(2);
    expect(ids()).toHaveLength(2);
    expect(ids().filter((id) => before.includes(id))).toHaveLength(1);
    expect((await present(knowledge)).join('\n')).toContain('cancelled');
    expect((await present(knowledge)).join('\n')).not.toContain('the deploy is done');
  });
});
