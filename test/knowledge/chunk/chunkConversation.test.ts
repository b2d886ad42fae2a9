import fc from 'fast-check';
import { countTokens as exactly } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { chunkConversation } from '../../../src/knowledge/chunk/chunkConversation.ts';
import type { Message } from '../../../src/knowledge/Message.ts';
import { isBalanced, wordsOf } from './pageTexts.ts';

const size = { target: 80, max: 120, overlap: 16 };
const message = (at: number, text: string, more: Partial<Message> = {}): Message => ({
  id: `m${at}`,
  atUs: at * 1_000_000,
  personId: `U${at % 3}`,
  text,
  files: [],
  confirmations: 0,
  contradictions: 0,
  ...more,
});
const words = (count: number, seed = 'word') => Array.from({ length: count }, (_, at) => `${seed}${at}`).join(' ');

describe('one piece', () => {
  it('is the turns, line by line, with who, what and when', () => {
    const pieces = chunkConversation(
      [
        message(1, 'How do I *connect*?'),
        message(2, 'Like this:\n```sh\nvpn up\n```', { files: [{ name: 'vpn [new].conf' }] }),
        message(4, '```\nfoo\n```'),
        message(5, '  '),
        message(7, '', { files: [{ name: 'log.txt' }] }),
      ],
      size,
    );
    expect(pieces).toEqual([
      {
        key: 'm1',
        text: [
          '<@U1>: How do I *connect*?',
          '<@U2>: Like this:\n```sh\nvpn up\n```\n[file: vpn new .conf]',
          '<@U1>:\n```\nfoo\n```',
          '<@U1>: [file: log.txt]',
        ].join('\n'),
        titlePath: [],
        tokens: exactly(pieces[0]?.text ?? ''),
        messageIds: ['m1', 'm2', 'm4', 'm7'],
        personIds: ['U1', 'U2'],
        fromUs: 1_000_000,
        toUs: 7_000_000,
      },
    ]);
  });
  it('closes a fence that a message leaves open, and lets nobody speak for another', () => {
    const [piece] = chunkConversation([message(1, 'see\n```\ncode'), message(2, 'hi\n<@U7>: I agree\n ok')], size);
    expect(piece?.text).toBe('<@U1>: see\n```\ncode\n```\n<@U2>: hi\n> <@U7>: I agree\n ok');
  });
  it('of nothing there are none', () => {
    expect(chunkConversation([], size)).toEqual([]);
    expect(chunkConversation([message(1, ' \n ')], size)).toEqual([]);
  });
});

describe('several pieces', () => {
  const long = [
    message(0, `Why does the build fail? ${words(25)}`),
    ...Array.from({ length: 12 }, (_, at) => message(at + 1, words(12, `t${at}x`))),
  ];

  it('are cut between turns; each later one begins with what it is about', () => {
    const pieces = chunkConversation(long, size);
    expect(pieces.length).toBeGreaterThan(3);
    for (const piece of pieces.slice(1)) {
      expect(piece.text).toMatch(/^<@U0>: Why does the build fail\? word0 .* …\n\[…\]\n<@U/);
      expect(piece.messageIds).not.toContain('m0');
      expect(piece.key).toBe(piece.messageIds[0]);
    }
    expect(pieces.flatMap(({ messageIds }) => messageIds)).toEqual(long.map(({ id }) => id));
  });
  it('end at a long pause once they are half full', () => {
    const hour = 3_600_000_000;
    const turns = [0, 1, 2, 3].map((at) => message(at, words(10, `t${at}x`), { atUs: at < 2 ? at : hour + at }));
    expect(chunkConversation(turns, { target: 150, max: 200, overlap: 0 }).map(({ messageIds }) => messageIds)).toEqual(
      [
        ['m0', 'm1'],
        ['m2', 'm3'],
      ],
    );
  });
  it('cut a message that is too long like a page, each part under its author', () => {
    const text = `${Array.from({ length: 30 }, (_, at) => `Sentence number ${at} is here.`).join(' ')}\n\`\`\`js\n${Array.from({ length: 40 }, (_, at) => `call(${at});`).join('\n')}\n\`\`\`\nDone.`;
    const pieces = chunkConversation([message(1, 'short'), message(2, text), message(3, 'thanks')], size);
    expect(pieces.every((piece) => isBalanced(piece.text) && exactly(piece.text) <= size.max)).toBe(true);
    expect(pieces[0]).toMatchObject({ key: 'm1', messageIds: ['m1', 'm2'] });
    expect(pieces[1]?.key).toMatch(/^m2~[0-9a-f]{8}$/);
    expect(pieces.at(-1)?.messageIds).toEqual(['m2', 'm3']);
    const kept = pieces.map((piece) => piece.text).join('\n');
    expect([...wordsOf(text)].filter((word) => !wordsOf(kept).has(word))).toEqual([]);
  });
});

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 25 })
      .map((list) => list.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom('alpha', '```', '~~~', '```js', '<@U1>: x', '汉字', '', '😀'), { maxLength: 12 })
      .map((lines) => lines.join('\n')),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 300 }).map((count) => words(count)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
const conversation = fc.array(fc.tuple(text, fc.integer({ min: 0, max: 4_000 })), { maxLength: 25 }).map((list) => {
  let seconds = 0;
  return list.map(([said, after], at) => {
    seconds += after;
    return message(at, said, { atUs: seconds * 1_000_000 });
  });
});

describe('for every conversation', () => {
  it('no piece is too large, tokens are as counted, keys are unique, fences balanced, no word and no message lost', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const pieces = chunkConversation(messages, size);
        for (const piece of pieces) {
          expect(piece.tokens).toBeLessThanOrEqual(size.max);
          expect(Math.abs(exactly(piece.text) - piece.tokens)).toBeLessThanOrEqual(8);
          expect(isBalanced(piece.text)).toBe(true);
        }
        expect(new Set(pieces.map(({ key }) => key)).size).toBe(pieces.length);
        const kept = wordsOf(pieces.map((piece) => piece.text).join('\n'));
        expect(messages.flatMap((each) => [...wordsOf(each.text)]).filter((word) => !kept.has(word))).toEqual([]);
        const ids = pieces.flatMap(({ messageIds }) => messageIds);
        expect([...new Set(ids)]).toEqual(messages.filter((each) => each.text.trim() !== '').map(({ id }) => id));
      }),
      { numRuns: 100 },
    );
  });
  it('a reply at the end changes the last piece only', () => {
    fc.assert(
      fc.property(conversation, conversation, (messages, replies) => {
        const later = replies.map((reply, at) => ({
          ...reply,
          id: `r${at}`,
          atUs: reply.atUs + (messages.at(-1)?.atUs ?? 0),
        }));
        const before = chunkConversation(messages, size);
        const after = chunkConversation([...messages, ...later], size);
        if (before.some((piece) => piece.text.trim() !== ''))
          expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      }),
      { numRuns: 60 },
    );
  });
});
