import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchThreads } from '../../../src/bots/web/searchThreads.ts';
import type { TurnRecord } from '../../../src/store/answers.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

const turn = (threadId: string, question: string, answer = '', title = question): TurnRecord => ({
  ...{ threadId, title, question, answer, askedMs: 1 },
});
const find = (query: string, ...turns: TurnRecord[]) => searchThreads(turns, query, 10);

describe('a search over conversations', () => {
  it('finds the words in title, question or answer, wherever in a word they begin', () => {
    const turns = [
      turn('a', 'Why is the VPN slow?', 'Set the packet size.'),
      turn('b', 'And the fares?', 'See the price list.', 'Who pays?'),
    ];
    expect(find('vpn', ...turns).map(({ threadId }) => threadId)).toEqual(['a']);
    expect(find('PACKET why', ...turns).map(({ threadId }) => threadId)).toEqual(['a']);
    expect(find('price', ...turns).map(({ threadId, title }) => [threadId, title])).toEqual([['b', 'Who pays?']]);
    expect(find('ist', ...turns)).toHaveLength(1);
    expect(find('vpn price', ...turns)).toEqual([]);
  });

  it('shows where the words stand, unless the title says so itself', () => {
    expect(find('vpn', turn('a', 'Why is the VPN slow?', 'The VPN.'))[0]?.snippet).toBeUndefined();
    const answer = '> Set the **packet size** to `1380` [1], then [start](https://example.com/x) it again.';
    expect(find('1380', turn('a', 'Slow?', answer))[0]?.snippet).toEqual([
      'Set the packet size to ',
      '1380',
      ', then start it again.',
    ]);
  });

  it('cuts a long text at a word, and says that something comes before', () => {
    const hay = 'hay '.repeat(50);
    const [found] = find('needle', turn('a', 'Slow?', `${hay}needle ${hay}`));
    const [before = '', word = '', after = ''] = found?.snippet ?? [];
    expect(before).toBe(`…${'hay '.repeat(6)}`);
    expect(word).toBe('needle');
    expect((before + word + after).length).toBeLessThan(120);
  });

  it.each([
    ['cafe', 'Where is the Café?'],
    ['ÉCOLE', 'Une école'],
    ['ｗｉｄｅ', 'The wide one'],
    ['ملف', 'أين الملف؟'],
    ['בדיקה', 'איפה הבדיקה'],
    ['文件', '这个文件在哪里'],
  ])('takes no notice of case, accents and width: %s', (query, question) => {
    expect(find(query, turn('a', question))).toHaveLength(1);
  });

  it('lists a thread once, with as many as are asked for', () => {
    expect(find('x', turn('a', 'x'), turn('a', 'x too'), turn('b', 'x'))).toHaveLength(2);
    expect(searchThreads([turn('a', 'x'), turn('b', 'x')], 'x', 1)).toHaveLength(1);
    expect(find('  ', turn('a', 'x'))).toEqual([]);
  });

  it('gives the snippet as it was written, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (hay, needle) => {
        const [found] = find(needle, turn('a', 'z', `${hay} ${needle} ${hay}`, ''));
        for (const part of found?.snippet ?? []) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('over the server', () => {
  let chat: RunningWebChat;
  beforeAll(async () => {
    chat = await startWebChat();
  });
  afterAll(() => chat.stop());

  it('finds one’s own conversations and nobody else’s', async () => {
    const mine = await chat.signedIn();
    const other = await chat.signedIn();
    chat.scripted.says({ pieces: ['Set the packet size.'] });
    const { threadId } = await mine.ask('Why is the VPN slow?');
    await mine.ask('Who pays?');
    await other.ask('Why is my packet late?');
    await chat.respond.idle();
    const { threads } = (await mine.get('/api/threads?q=vpn%20packet')).json;
    expect(threads).toEqual([
      {
        id: threadId,
        title: 'Why is the VPN slow?',
        askedMs: expect.any(Number),
        snippet: ['Set the ', 'packet', ' size.'],
      },
    ]);
    expect((await mine.get('/api/threads?q=late')).json.threads).toEqual([]);
    expect((await mine.get('/api/threads?q=%20')).json.threads).toHaveLength(2);
    expect((await mine.get(`/api/threads?q=${'a%25_'.repeat(500)}`)).json.threads).toEqual([]);
  });
});
