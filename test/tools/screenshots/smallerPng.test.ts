import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodePng } from '../../../tools/screenshots/png.ts';
import { smallerPng } from '../../../tools/screenshots/smallerPng.ts';

/** A PNG whose rows are filtered as given: https://www.w3.org/TR/png-3/#9Filter-types. */
function makePng(width: number, channels: 3 | 4, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, channels === 3 ? 2 : 6], 8);
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

it('reads every way in which a row may be predicted', () => {
  const row = [10, 20, 30, 5, 5, 5];
  const { rgb } = decodePng(
    makePng(
      2,
      3,
      [0, 1, 2, 3, 4].map((filter) => [filter, ...row]),
    ),
  );
  const rows = [0, 1, 2, 3, 4].map((y) => [...rgb.subarray(y * 6, y * 6 + 6)]);
  expect(rows).toEqual([
    [10, 20, 30, 5, 5, 5],
    [10, 20, 30, 15, 25, 35],
    [20, 40, 60, 20, 30, 40],
    [20, 40, 60, 25, 40, 55],
    [30, 60, 90, 35, 65, 95],
  ]);
});

it('leaves what it is told is no screenshot', () => {
  expect(() => decodePng(Buffer.from('\x89PNG'))).toThrow('not a screenshot');
});

it('keeps up to 256 colours as they are, and takes the nearest of the frequent ones for the others', () => {
  const colours = Array.from({ length: 256 }, (_, at) => [at, 255 - at, at >> 1, 255]).flat();
  const rare = [1, 253, 0, 255];
  const picture = makePng(257, 4, [
    [0, ...colours, 0, 255, 0, 255],
    [0, ...colours, ...rare],
  ]);
  const small = smallerPng(picture);
  expect(small.toString('latin1', 1, 4)).toBe('PNG');
  // Of colour type 3: one byte a pixel, into a palette.
  expect(small[25]).toBe(3);
  const palette = small.subarray(small.indexOf('PLTE') + 4, small.indexOf('IDAT') - 8);
  expect(palette.length).toBe(256 * 3);
  expect(palette.indexOf(Buffer.from([200, 55, 100])) % 3).toBe(0);
});
