import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat, Question } from '../../src/bots/Chat.ts';
import type { Answer } from '../../src/knowledge/answer/Answer.ts';

/** A post as people see it. */
export interface SeenPost {
  readonly state: 'working' | 'finished' | 'failed';
  readonly text: string;
}

/** A platform, seen from its people's side. */
export interface ChatUnderTest {
  readonly chat: Chat;
  /** A question that somebody asked there, another one at each call, all in one thread. */
  question(): Question;
  /** Stores the answer as respond does before it posts; returns the trace's id. */
  store(question: Question, answer: Answer): Promise<string>;
  /** What people see of the answer to a question when all that was handed over has been shown. */
  seen(question: Question): Promise<readonly SeenPost[]>;
  stop(): Promise<void>;
}

const answered: Answer = { status: 'answered', text: 'Tuesday at nine.', citations: [], notes: [] };
const failed: Answer = { status: 'failed', text: 'The model is down.', citations: [], notes: [] };

/** What every Chat owes, whichever platform it speaks to. */
export function describeChat(name: string, start: () => Promise<ChatUnderTest>): void {
  describe(`${name} keeps the contract of Chat`, () => {
    let platform: ChatUnderTest;
    let chat: Chat;
    let question: Question;
    beforeEach(async () => {
      platform = await start();
      chat = platform.chat;
      question = platform.question();
    });
    afterEach(() => platform.stop());

    it('is the platform that its questions come from', () => {
      expect(chat.platform).toBe(question.platform);
    });

    it('shows a sign at once', async () => {
      await chat.begin(question);
      expect(await platform.seen(question)).toMatchObject([{ state: 'working' }]);
    });

    it('shows what is appended, in order', async () => {
      const posting = await chat.begin(question);
      for (const piece of ['Tuesday ', 'at ', 'nine.']) posting.append(piece);
      const [post, ...others] = await platform.seen(question);
      expect(others).toEqual([]);
      expect(post?.state).toBe('working');
      expect(post?.text).toContain('Tuesday at nine.');
    });

    it('replaces it all by the finished answer', async () => {
      const posting = await chat.begin(question);
      posting.append('Tues');
      await posting.finish(answered, await platform.store(question, answered));
      const [post, ...others] = await platform.seen(question);
      expect(others).toEqual([]);
      expect(post?.state).toBe('finished');
      expect(post?.text).toContain('Tuesday at nine.');
      expect(post?.text).not.toContain('TuesTuesday');
    });

    it('says in the same place that there is no answer', async () => {
      const posting = await chat.begin(question);
      posting.append('Half of ');
      await posting.fail(failed.text, await platform.store(question, failed));
      const [post, ...others] = await platform.seen(question);
      expect(others).toEqual([]);
      expect(post?.state).toBe('failed');
      expect(post?.text).toContain('The model is down.');
    });

    it('begun again goes on in the same post', async () => {
      const before = await chat.begin(question);
      before.append('Half of ');
      const posting = await chat.begin(question);
      posting.append('Tuesday ');
      expect(await platform.seen(question)).toHaveLength(1);
      await posting.finish(answered, await platform.store(question, answered));
      expect(await platform.seen(question)).toEqual([
        { state: 'finished', text: expect.stringContaining('Tuesday at nine.') },
      ]);
    });

    it('knows whether the answer can be read', async () => {
      expect(await chat.isAnswered(question.id)).toBe(false);
      const posting = await chat.begin(question);
      posting.append('Tuesday at ');
      expect(await chat.isAnswered(question.id)).toBe(false);
      await posting.finish(answered, await platform.store(question, answered));
      expect(await chat.isAnswered(question.id)).toBe(true);
      expect(await chat.isAnswered(platform.question().id)).toBe(false);
    });

    it('keeps two questions of a thread apart', async () => {
      const other = platform.question();
      const first = await chat.begin(question);
      const second = await chat.begin(other);
      first.append('Tuesday.');
      second.append('In the wiki.');
      expect((await platform.seen(question))[0]?.text).not.toContain('wiki');
      expect((await platform.seen(other))[0]?.text).not.toContain('Tuesday');
    });
  });
}
