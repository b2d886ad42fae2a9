import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjectSplitter } from '../../../src/sync/import/splitJsonObject.ts';

const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

/** Cuts a text in chunks of `size` bytes. */
function split(text: string, size = 7, limits = { maxElementBytes: 1_000_000, maxMemberBytes: 10_000 }) {
  const bytes = new TextEncoder().encode(text);
  const splitter = createObjectSplitter('messages', limits);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...splitter.push(bytes.subarray(at, at + size)));
  pieces.push(...splitter.end());
  return {
    elements: pieces.flatMap((piece) => (piece.kind === 'element' ? [decode(piece.bytes)] : [])),
    others: pieces.flatMap((piece) => (piece.kind === 'element' ? [] : [piece])),
    members: { ...splitter.members() },
    hasList: splitter.hasList(),
  };
}

describe('the list of an object', () => {
  it('comes element by element, with what stands before and behind it, wherever chunks end', () => {
    const rest = fc.dictionary(
      fc.string().filter((key) => key !== 'messages' && key !== '__proto__'),
      fc.jsonValue({ maxDepth: 2 }),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(
        rest,
        fc.array(fc.jsonValue()),
        rest,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (a, list, b, size, wide) => {
          const object = { ...a, messages: list, ...b };
          const text = JSON.stringify(object, undefined, wide ? 2 : 0);
          const { messages, ...members } = JSON.parse(text);
          expect(split(text, size)).toEqual({ elements: messages, others: [], members, hasList: true });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells where an element begins, in bytes of the file', () => {
    const splitter = createObjectSplitter('messages', { maxElementBytes: 10, maxMemberBytes: 100 });
    const pieces = [
      ...splitter.push(Buffer.from('{"a":1,"mes')),
      ...splitter.push(Buffer.from('sages": [ 22, "33"]}')),
    ];
    expect(pieces).toMatchObject([{ atByte: 21 }, { atByte: 25 }]);
    expect(splitter.end()).toEqual([]);
  });

  it('passes over an element that is too large', () => {
    const { elements, others } = split(`{"messages":[1,"${'x'.repeat(50)}",2]}`, 7, {
      maxElementBytes: 20,
      maxMemberBytes: 99,
    });
    expect(elements).toEqual([1, 2]);
    expect(others).toMatchObject([{ kind: 'too-large' }]);
  });

  it.each([
    ['an array', '[1]', 'no object begins here'],
    ['nothing', '', 'the file is empty'],
    ['an end in the list', '{"messages":[1,2', 'it ends in the middle'],
    ['an end before the list', '{"guild":{"id":"1"', 'it ends in the middle'],
    ['a list that is none', '{"messages":{}}', '"messages" is not one list'],
    ['two lists', '{"messages":[],"messages":[]}', '"messages" is not one list'],
    ['no colon', '{"a" 1}', 'a colon is missing'],
    ['no comma', '{"a":"1" "b":2}', 'a comma is missing'],
    ['no name', '{1:2}', 'a name is missing'],
    ['a member that is not JSON', '{"a":tru,"messages":[]}', 'a member is not JSON'],
    ['more after the end', '{"messages":[]}x', 'there is something after the end'],
    ['members without end', `{"a":"${'x'.repeat(20_000)}"}`, 'what stands beside the list is too long'],
  ])('is faulty, in one sentence: %s', (_, text, why) => {
    expect(split(text).others).toEqual([{ kind: 'fault', atByte: expect.any(Number), why }]);
  });
});
