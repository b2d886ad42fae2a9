import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestKnowledge, said } from '../knowledge/ingest/openTestKnowledge.ts';

let knowledge: Awaited<ReturnType<typeof openTestKnowledge>>;
let source: number;

beforeEach(async () => {
  knowledge = await openTestKnowledge();
  await knowledge.ingest.space({ id: 'slack:T1', platform: 'slack', name: 'acme' }, []);
  source = await knowledge.ingest.source({
    ...{ spaceId: 'slack:T1', kind: 'channel', key: 'C1', name: '#ops' },
    audience: { kind: 'everybody' },
  });
  await knowledge.ingest.messages(source, [
    said('a', 0, 'ANNA', 'the zanzibarquartz codeword opens the vault', { threadId: 'a' }),
    said('b', 1, 'BEN', 'thanks, the vault is open', { threadId: 'a' }),
    said('c', 500, 'BEN', 'lunch is at noon in the cantinamarble', { threadId: 'c' }),
  ]);
  await knowledge.settle();
});
afterEach(() => knowledge.close());

async function passageWith(word: string) {
  const { hits } = await knowledge.retrieve({
    ...{ question: word, history: [], limit: 5, ways: ['words'] as const },
    reader: { kind: 'everybody', spaces: ['slack:T1'] },
    signal: new AbortController().signal,
  });
  return hits.find(({ passage }) => passage.text.includes(word))?.passage;
}

async function answerQuoting(word: string, id: string) {
  const passage = await passageWith(word);
  if (!passage) throw new Error(`no passage with ${word}`);
  const { answers, feedbackEvents } = knowledge.store;
  const asked = { platform: 'web', channelId: 'x', threadId: 'x', personId: 'x', text: 'what?', askedMs: 1 };
  await answers.putQuestion({ id: `q-${id}`, ...asked });
  await answers.put(
    {
      ...{
        id,
        questionId: `q-${id}`,
        status: 'answered',
        text: `It was said: ${passage.text} [1]`,
        notes: [],
        answeredMs: 2,
      },
      citations: [{ n: 1, passageId: passage.id, title: 'T', url: 'u', quote: passage.text }],
    },
    { body: '{}', passageIds: [passage.id], keptUntilMs: knowledge.clock.now + 1000 },
  );
  await feedbackEvents.record({ eventId: `v-${id}`, answerId: id, voter: 'v', kind: 'up', atMs: 3 });
}

/** Whether the bytes of a text stand in any file of the home. */
function onDisk(text: string): boolean {
  return readdirSync(knowledge.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));
}

describe('a space that is removed', () => {
  it('leaves nothing of its words on the disk: not in passages, words, answers or traces', async () => {
    await answerQuoting('zanzibarquartz', 'answer-1');
    expect(onDisk('zanzibarquartz')).toBe(true);
    const removed = await knowledge.store.removal.space('slack:T1');
    expect(removed).toEqual({ documents: 2, messages: 3, answersErased: 1 });
    await knowledge.store.removal.scrub();
    for (const word of ['zanzibarquartz', 'codeword', 'cantinamarble']) expect(onDisk(word)).toBe(false);
  });

  it('leaves the count of votes', async () => {
    await answerQuoting('zanzibarquartz', 'answer-1');
    await knowledge.store.removal.space('slack:T1');
    expect(await knowledge.store.feedbackEvents.counts()).toEqual({ up: 1, down: 0, corrections: 0 });
    expect((await knowledge.store.answers.find('answer-1'))?.answer).toMatchObject({ erased: true, text: '' });
  });

  it('takes its vectors along', async () => {
    await knowledge.store.removal.space('slack:T1');
    await knowledge.settle();
    expect([...knowledge.index.rows.values()].flatMap((held) => [...held.keys()])).toEqual([]);
  });
});

describe('a message that was deleted', () => {
  it('comes once more without words, and is gone with the answers that rested on it', async () => {
    await answerQuoting('zanzibarquartz', 'answer-1');
    await answerQuoting('cantinamarble', 'answer-2');
    const changes = await knowledge.ingest.messages(source, [said('a', 0, 'ANNA', '', { threadId: 'a' })]);
    expect(changes.removed).toBe(1);
    await knowledge.settle();
    expect(onDisk('zanzibarquartz')).toBe(false);
    expect(await passageWith('vault')).toMatchObject({ text: expect.stringContaining('the vault is open') });
    expect((await knowledge.store.answers.find('answer-1'))?.answer.erased).toBe(true);
    expect((await knowledge.store.answers.find('answer-2'))?.answer.erased).toBe(false);
  });

  it('that is not known is no error', async () => {
    const changes = await knowledge.ingest.messages(source, [said('nobody-knows', 0, 'ANNA', '')]);
    expect(changes).toEqual({ added: 0, changed: 0, unchanged: 0, removed: 0 });
  });
});

describe('an answer’s passage that is regrouped', () => {
  it('stays readable for the trace, and goes with the answer’s words even when the trace’s time is over', async () => {
    await answerQuoting('cantinamarble', 'answer-2');
    const before = await passageWith('cantinamarble');
    await knowledge.ingest.messages(source, [
      said('c', 500, 'BEN', 'lunch is at one in the cantinamarble', { threadId: 'c' }),
    ]);
    await knowledge.settle();
    const versions = () => knowledge.store.passages.versions([before?.id as number]);
    expect(versions()).toMatchObject([{ text: expect.stringContaining('lunch is at noon'), version: 1 }]);
    expect((await passageWith('cantinamarble'))?.version).toBe(2);

    knowledge.store.upkeep(knowledge.clock.now + 2000);
    expect((await knowledge.store.answers.find('answer-2'))?.trace).toBeUndefined();
    await knowledge.ingest.messages(source, [said('c', 500, 'BEN', '', { threadId: 'c' })]);
    await knowledge.settle();
    expect(versions()).toEqual([]);
    expect((await knowledge.store.answers.find('answer-2'))?.answer).toMatchObject({ erased: true, text: '' });
  });
});
