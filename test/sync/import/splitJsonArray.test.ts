import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrayPiece, createArraySplitter } from '../../../src/sync/import/splitJsonArray.ts';

function split(input: string | Buffer, cuts: readonly number[] = [], maxElementBytes = 1000): ArrayPiece[] {
  const bytes = Buffer.from(input);
  const splitter = createArraySplitter(maxElementBytes);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces: ArrayPiece[] = [];
  let from = 0;
  for (const to of [...ends, bytes.length]) {
    pieces.push(...splitter.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...pieces, ...splitter.end()];
}
const values = (pieces: ArrayPiece[]) =>
  pieces.map((piece) => (piece.kind === 'element' ? JSON.parse(Buffer.from(piece.bytes).toString()) : piece.kind));

describe('a JSON array is cut into its elements', () => {
  it('whatever they are and wherever the chunks end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.array(fc.nat()),
        fc.constantFrom(undefined, 1, '\t'),
        (array, cuts, indent) => {
          expect(values(split(JSON.stringify(array, undefined, indent), cuts, 1e6))).toEqual(
            JSON.parse(JSON.stringify(array)),
          );
        },
      ),
    );
  });

  it('never throws, whatever the bytes, and ends with at most one fault', () => {
    const bytes = fc.array(fc.constantFrom(...'[]{},:"\\ \n1ax'), { maxLength: 60 }).map((chars) => chars.join(''));
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 4 }), (text, cuts) => {
        const pieces = split(text, cuts);
        expect(pieces.filter(({ kind }) => kind === 'fault').length).toBeLessThanOrEqual(1);
        expect(pieces).toEqual(split(text));
      }),
    );
  });

  it('accepts a byte order mark', () => {
    expect(values(split('\uFEFF [1, "a"]\n'))).toEqual([1, 'a']);
  });

  it('passes over an element that is too long, and goes on', () => {
    const pieces = split(`[{"a":1},{"b":"${'x'.repeat(50)}"},{"c":2}]`, [20, 40], 20);
    expect(values(pieces)).toEqual([{ a: 1 }, 'too-large', { c: 2 }]);
    expect(pieces[1]).toMatchObject({ atByte: 9 });
  });

  it.each([
    ['', 0, 'the file is empty'],
    ['{"a":1}', 0, 'no list begins here'],
    ['[1, {"a":', 9, 'it ends in the middle'],
    ['[{} {}]', 4, 'a comma is missing'],
    ['[{},,{}]', 4, 'an element is missing'],
    ['[] x', 3, 'there is something after the end of the list'],
  ])('tells the place of the fault in %j', (text, atByte, why) => {
    expect(split(text).at(-1)).toEqual({ kind: 'fault', atByte, why });
  });
});
