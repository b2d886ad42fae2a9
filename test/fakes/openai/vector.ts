import { createHash } from 'node:crypto';

/**
 * A unit vector made from hashes: each word leaves a mark, so that texts with words in common lie nearer, and the text
 * as a whole leaves a faint one, so that no two texts are equal.
 */
export function vectorOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) leaveMark(vector, word, 1);
  leaveMark(vector, `whole:${text}`, 0.2);
  return toUnit(vector);
}

/** The first `dimensions` numbers, made a unit vector again, as OpenAI shortens. */
export function shorten(vector: readonly number[], dimensions: number): number[] {
  return toUnit(vector.slice(0, dimensions));
}

function leaveMark(vector: number[], text: string, weight: number): void {
  const hash = createHash('sha256').update(text).digest();
  for (let at = 0; at < 32; at += 4) {
    const place = hash.readUInt32LE(at) % vector.length;
    vector[place] = (vector[place] ?? 0) + (at % 8 === 0 ? weight : -weight * 0.9);
  }
}

function toUnit(vector: readonly number[]): number[] {
  const norm = Math.hypot(...vector);
  if (norm === 0) return vector.map((_, i) => (i === 0 ? 1 : 0));
  return vector.map((x) => x / norm);
}
