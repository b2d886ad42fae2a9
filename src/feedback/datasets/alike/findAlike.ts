import { SLOTS } from './fingerprint.ts';

const BAND_SLOTS = 4;
const BANDS = SLOTS / BAND_SLOTS;
/** Boilerplate may put thousands into one bucket; a true near-duplicate shares a dozen of the 32 bands. */
const LOOKED_AT = 64;

/**
 * Shows pairs of texts whose signatures are alike, by locality-sensitive hashing: 32 bands of 4 slots, one band after the
 * other, so that the table of one fits a processor's cache. A pair at J = 0.8 shares a band in all but one of ten million
 * cases, at 0.6 in 99 of 100. A pair may be shown for several bands.
 * @param signatures of `count` texts, 128 bytes each, one behind the other
 */
export function findAlike(signatures: Uint8Array, count: number, see: (one: number, earlier: number) => void): void {
  const bits = Math.max(4, Math.ceil(Math.log2(count + 1)) + 1);
  const shift = 32 - bits;
  // Chained hash tables in typed arrays: a Map of 100,000 texts takes ten times the memory.
  const heads = new Int32Array(1 << bits);
  const nexts = new Int32Array(count);
  const keys = new Uint32Array(signatures.buffer, signatures.byteOffset, (count * SLOTS) / BAND_SLOTS);
  for (let band = 0; band < BANDS; band++) {
    heads.fill(-1);
    for (let item = 0; item < count; item++) {
      const key = keys[item * BANDS + band] as number;
      const bucket = Math.imul(key ^ band, 0x9e3779b1) >>> shift;
      let left = LOOKED_AT;
      let other = heads[bucket] as number;
      for (; other >= 0 && left > 0; other = nexts[other] as number) {
        if (keys[other * BANDS + band] !== key) continue;
        left--;
        see(item, other);
      }
      nexts[item] = heads[bucket] as number;
      heads[bucket] = item;
    }
  }
}

/** The estimated Jaccard similarity of two texts, from their signatures; of texts of one array, at these bytes. */
export function estimateAlike(a: Uint8Array, b: Uint8Array, atA = 0, atB = 0): number {
  let equal = 0;
  for (let slot = 0; slot < SLOTS; slot++) if (a[atA + slot] === b[atB + slot]) equal++;
  // Low bytes are equal by chance once in 256.
  return Math.max(0, (equal / SLOTS - 1 / 256) / (1 - 1 / 256));
}
