import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/base/log.ts';
import type { Chat, Question } from '../../src/bots/Chat.ts';
import { createRespond, type Respond } from '../../src/bots/respond.ts';
import type { Ask, Trace } from '../../src/knowledge/ask/Ask.ts';
import { openTestStore, type TestStore } from '../store/openTestStore.ts';

/** The moments at which a process may die, in the order of a question's life. */
type Moment = 'begun' | 'asked' | 'half-way' | 'before the post' | 'after the post';

/** What people see on the platform; it outlives every process. */
interface Platform {
  readonly posts: Map<string, string[]>;
  readonly signs: string[];
}

const TRACE: Trace = {
  ...{ language: 'en', reader: { kind: 'everybody', spaces: [] }, audiences: 0, refused: 0, embedder: 'none' },
  ...{ passages: [], answerer: 'quotes', status: 'answered', notes: [] },
  timings: { words: 0, vectors: 0, check: 0, answer: 0, total: 0 },
};

/** A process of ours on the database and the platform, which dies (throws and does nothing more) at a moment. */
function createProcess(opened: TestStore, platform: Platform, options: { diesAt?: Moment; answer?: string } = {}) {
  const { store, clock } = opened;
  const asked: { question: string; history: readonly unknown[] }[] = [];
  let dead = false;
  const at = (moment: Moment) => {
    if (dead || options.diesAt === moment) {
      dead = true;
      throw new Error(`killed ${moment}`);
    }
  };
  const ask: Ask = async ({ question, history, release }) => {
    asked.push({ question, history });
    at('asked');
    release?.({ text: 'It is ' });
    at('half-way');
    const text = options.answer ?? `It is about ${question}`;
    return { answer: { status: 'answered', text, citations: [], notes: [] }, trace: TRACE };
  };
  const chat: Chat = {
    platform: 'web',
    async begin({ id }) {
      platform.signs.push(id);
      at('begun');
      const post = (text: string) => {
        at('before the post');
        platform.posts.set(id, [...(platform.posts.get(id) ?? []), text]);
        at('after the post');
      };
      return {
        append: () => {},
        finish: async ({ text }) => post(text),
        fail: async (sentence) => post(sentence),
      };
    },
    isAnswered: async (id) => platform.posts.has(id),
  };
  const respond: Respond = createRespond({
    ...{ inbox: store.inbox, outbox: store.outbox, answers: store.answers },
    ...{ ask, chats: [chat], atOnce: 2, keepTracesDays: 1, log: createLog('silent'), now: () => clock.now++ },
  });
  return { respond, asked };
}

const question = (id: string, more: Partial<Question> = {}): Question => ({
  ...{ id, platform: 'web', personId: 'p', channelId: 'c', threadId: 't', text: `the ${id}`, atMs: 1 },
  ...{ reader: { kind: 'everybody', spaces: [] }, history: [] },
  ...more,
});

let opened: TestStore;
let platform: Platform;
beforeEach(async () => {
  opened = await openTestStore();
  platform = { posts: new Map(), signs: [] };
});
afterEach(() => opened.close());

describe('a question', () => {
  it('is answered once, and a redelivery of it is known', async () => {
    const { respond, asked } = createProcess(opened, platform);
    expect(await respond.accept(question('vpn'))).toBe(true);
    await respond.idle();
    expect(await respond.accept(question('vpn'))).toBe(false);
    await respond.idle();
    expect(platform.posts.get('vpn')).toEqual(['It is about the vpn']);
    expect(asked).toHaveLength(1);
  });

  it('knows what was said before in its thread', async () => {
    const { respond, asked } = createProcess(opened, platform);
    await respond.accept(question('vpn', { atMs: 1 }));
    await respond.accept(question('and on linux', { atMs: 2 }));
    await respond.accept(question('lunch', { atMs: 3, threadId: 'another' }));
    await respond.idle();
    expect(asked.find(({ question }) => question === 'the and on linux')?.history).toEqual([
      { role: 'person', text: 'the vpn' },
      { role: 'bot', text: 'It is about the vpn' },
    ]);
    expect(asked.find(({ question }) => question === 'the lunch')?.history).toEqual([]);
  });
});

describe('a process that is killed', () => {
  const moments: Moment[] = ['begun', 'asked', 'half-way', 'before the post', 'after the post'];
  it.each(moments)('%s leaves a question that the next one answers, once', async (diesAt) => {
    const doomed = createProcess(opened, platform, { diesAt });
    await doomed.respond.accept(question('vpn'));
    await doomed.respond.idle();

    const next = createProcess(opened, platform);
    await next.respond.resume();
    await next.respond.idle();
    expect(platform.posts.get('vpn')).toEqual(['It is about the vpn']);

    const third = createProcess(opened, platform);
    await third.respond.resume();
    await third.respond.idle();
    expect(platform.posts.get('vpn')).toHaveLength(1);
    expect(third.asked).toEqual([]);
  });

  it('after the answer was stored posts that one, and does not ask again', async () => {
    const doomed = createProcess(opened, platform, { diesAt: 'before the post', answer: 'the first words' });
    await doomed.respond.accept(question('vpn'));
    await doomed.respond.idle();
    const next = createProcess(opened, platform, { answer: 'other words' });
    await next.respond.resume();
    await next.respond.idle();
    expect(platform.posts.get('vpn')).toEqual(['the first words']);
    expect(next.asked).toEqual([]);
  });

  it('by the question itself, again and again, gives it up with a word', async () => {
    for (let i = 0; i < 5; i++) {
      const doomed = createProcess(opened, platform, { diesAt: 'asked' });
      if (i === 0) await doomed.respond.accept(question('poison'));
      else await doomed.respond.resume();
      await doomed.respond.idle();
    }
    const next = createProcess(opened, platform);
    await next.respond.resume();
    await next.respond.idle();
    expect(platform.posts.get('poison')).toEqual(['Something went wrong on my side, so I have no answer.']);
    expect(next.asked).toEqual([]);
  });
});
