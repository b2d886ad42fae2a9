import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/knowledge/Message.ts';
import { conversationRoots, rootsOf } from '../../../src/knowledge/segment/conversationRoots.ts';
import { createReplyLinker } from '../../../src/knowledge/segment/createReplyLinker.ts';
import type { Linker } from '../../../src/knowledge/segment/Linker.ts';
import {
  affectedBy,
  compareMessages,
  isLoose,
  linkMessage,
  windowBefore,
} from '../../../src/knowledge/segment/link.ts';
import { message, places } from './message.ts';

const linker = createReplyLinker();
/** Links everything to the message before it, so that what is not given by thread or reply shows. */
const chain: Linker = {
  id: 'chain',
  windowMessages: 3,
  windowUs: 10 * 60_000_000,
  antecedent: (_, before) => before.at(-1)?.id,
};

describe('threads and replies', () => {
  test('a thread is a conversation of its own, whatever is said around it', () => {
    const root = message(1, 'U2', 'a question');
    const thread = { threadId: root.id };
    const messages = [
      message(0, 'U1', 'before'),
      { ...root, ...thread },
      message(2, 'U3', 'in the thread', thread),
      message(3, 'U1', 'between'),
      message(4, 'U2', 'in the thread again', thread),
    ];
    expect(places(messages, conversationRoots(messages, chain))).toEqual([0, 1, 1, 0, 1]);
  });

  test('an explicit reply goes where it says, also beyond the window', () => {
    const first = message(0, 'U1', 'long ago');
    const messages = [first, message(600, 'U2', 'now'), message(601, 'U3', 'about long ago', { replyTo: first.id })];
    expect(places(messages, conversationRoots(messages, chain))).toEqual([0, 1, 0]);
  });

  test('an explicit reply into a thread belongs to the thread', () => {
    const root = message(0, 'U1', 'a question', { threadId: message(0, '', '').id });
    const inside = message(1, 'U2', 'an answer', { threadId: root.id });
    const messages = [root, inside, message(2, 'U3', 'from outside', { replyTo: inside.id })];
    expect(places(messages, conversationRoots(messages, chain))).toEqual([0, 0, 0]);
  });

  test('answers to a message that is gone stay together', () => {
    const messages = [message(0, 'U1', 'one', { replyTo: 'gone' }), message(60, 'U2', 'two', { replyTo: 'gone' })];
    expect([...conversationRoots(messages, chain).values()]).toEqual(['gone', 'gone']);
  });

  test('a ring of forged replies ends, the same wherever one begins', () => {
    const ring: [string, string][] = [
      ['b', 'c'],
      ['c', 'a'],
      ['a', 'b'],
      ['x', 'c'],
    ];
    const expected = { a: 'a', b: 'a', c: 'a', x: 'a' };
    expect(Object.fromEntries(rootsOf(new Map(ring)))).toEqual(expected);
    expect(Object.fromEntries(rootsOf(new Map(ring.toReversed())))).toEqual(expected);
  });

  test('a chain of a hundred thousand answers is no trouble', () => {
    const links = new Map(Array.from({ length: 100_000 }, (_, at) => [`${at}`, at === 0 ? undefined : `${at - 1}`]));
    expect(new Set(rootsOf(links).values())).toEqual(new Set(['0']));
  });
});

describe('windowBefore', () => {
  test('keeps at most the last messages, and none too long ago', () => {
    const before = [0, 1, 2, 3, 4].map((minute) => message(minute, 'U1', 'x'));
    expect(windowBefore(message(5, 'U1', 'x'), before, chain)).toEqual(before.slice(2));
    expect(windowBefore(message(13, 'U1', 'x'), before, chain)).toEqual(before.slice(3));
    expect(windowBefore(message(30, 'U1', 'x'), before, chain)).toEqual([]);
  });
});

/** A small channel: few people who name each other, uneven pauses, some threads and replies. */
const TEXTS = [
  'hi',
  'how do I mount ntfs-3g?',
  'anna: try ntfs-3g',
  'bob, thanks',
  'ok',
  '<@carl> which kernel?',
  'it works now',
];
const line = fc.record({
  pauseMinutes: fc.constantFrom(0, 0, 1, 3, 20, 90),
  personId: fc.constantFrom('anna', 'bob', 'carl', 'dora'),
  text: fc.constantFrom(...TEXTS),
  place: fc.constantFrom('loose', 'loose', 'loose', 'thread', 'reply'),
  to: fc.nat(100),
});
const channel = fc.array(line, { minLength: 2, maxLength: 30 }).map((lines) => {
  let minute = 0;
  const messages: Message[] = [];
  for (const [at, { pauseMinutes, personId, text, place, to }] of lines.entries()) {
    minute += pauseMinutes;
    const target = messages[to % Math.max(1, messages.length)];
    const given =
      place === 'loose' || !target
        ? {}
        : place === 'reply'
          ? { replyTo: target.id }
          : { threadId: target.threadId ?? target.id };
    if (given.threadId && target && target.threadId === undefined) {
      messages[messages.indexOf(target)] = { ...target, threadId: target.id };
    }
    messages.push(message(minute, personId, text, { id: `m${String(at).padStart(4, '0')}`, ...given }));
  }
  return messages;
});
/** The real rule in a window so small that its edges matter. */
const narrow: Linker = { ...linker, windowMessages: 4, windowUs: 60 * 60_000_000 };

type Antecedents = Map<string, string | undefined>;

function linkAll(messages: readonly Message[]): Antecedents {
  return relink(messages.filter(isLoose), new Map(), messages, () => true);
}

function relink(
  loose: readonly Message[],
  known: ReadonlyMap<string, string | undefined>,
  messages: readonly Message[],
  again: (message: Message, place: number) => boolean,
): Antecedents {
  return new Map(
    messages.map((each) => {
      const place = loose.indexOf(each);
      if (!again(each, place)) return [each.id, known.get(each.id)];
      return [each.id, linkMessage(each, place < 0 ? [] : loose.slice(0, place), narrow)];
    }),
  );
}

describe('conversations are local', () => {
  test('what comes in bulk in any order ends as what comes message by message', () => {
    fc.assert(
      fc.property(channel, fc.infiniteStream(fc.nat()), (messages, random) => {
        const shuffled = messages
          .map((each) => ({ each, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const bulk = conversationRoots(shuffled, narrow);
        expect(Object.fromEntries(bulk)).toEqual(Object.fromEntries(rootsOf(linkAll(messages))));
      }),
    );
  });

  test('what comes in any chunks ends as what comes in bulk', () => {
    fc.assert(
      fc.property(channel, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (messages, sizes) => {
        // What an incremental caller keeps: the links so far and the tail of the loose messages.
        const links: Antecedents = new Map();
        let tail: Message[] = [];
        let from = 0;
        for (let turn = 0; from < messages.length; turn += 1) {
          const chunk = messages.slice(from, from + (sizes[turn % sizes.length] as number));
          for (const each of chunk) {
            links.set(each.id, linkMessage(each, tail, narrow));
            if (isLoose(each)) tail = [...tail, each].slice(-narrow.windowMessages);
          }
          from += chunk.length;
        }
        expect(rootsOf(links)).toEqual(conversationRoots(messages, narrow));
      }),
    );
  });

  test('after an insertion, an edit or a deletion only the affected messages need linking again', () => {
    const change = fc.record({
      kind: fc.constantFrom('insert', 'edit', 'delete'),
      at: fc.nat(100),
      text: fc.constantFrom(...TEXTS),
    });
    fc.assert(
      fc.property(channel, change, (messages, { kind, at, text }) => {
        const loose = messages.filter(isLoose);
        fc.pre(loose.length > 1);
        const changed = loose[at % loose.length] as Message;
        const edited = { ...changed, text };
        const without = messages.filter((each) => each !== changed);
        const [old, now] = {
          insert: [without, messages],
          edit: [messages, messages.map((each) => (each === changed ? edited : each))],
          delete: [messages, without],
        }[kind] as [Message[], Message[]];
        const looseNow = now.filter(isLoose);
        const place = looseNow.findIndex((each) => compareMessages(each, changed) >= 0);
        const [from, to] = affectedBy(looseNow, place < 0 ? looseNow.length : place, changed.atUs, narrow);
        const again = relink(looseNow, linkAll(old), now, (_, where) => where >= from && where < to);
        expect(again).toEqual(linkAll(now));
      }),
      { numRuns: 300 },
    );
  });

  test('the rule sees no further than its window', () => {
    fc.assert(
      fc.property(channel, channel, (messages, other) => {
        const last = messages.at(-1) as Message;
        const recent = messages.slice(-1 - narrow.windowMessages, -1);
        fc.pre(recent.length === narrow.windowMessages);
        const earlier = other.map((each, at) => ({ ...each, id: `e${at}`, atUs: -1 }));
        const loose = { ...last, threadId: undefined, replyTo: undefined } as unknown as Message;
        expect(linkMessage(loose, [...earlier, ...recent], narrow)).toBe(linkMessage(loose, recent, narrow));
      }),
    );
  });
});
