import { SLOTS } from './fingerprint.ts';

/** Of a signature's 128 slots four make a band: one word of 32 bits. */
const BAND_SLOTS = 4;
const BANDS = SLOTS / BAND_SLOTS;
/** So many bands are taken out of the signatures at once: from a signature that lies somewhere else in memory eight words take as long as one. */
const BANDS_AT_ONCE = 8;
/** Boilerplate may put thousands into one bucket; a true near-duplicate shares a dozen of the 32 bands. */
const LOOKED_AT = 64;

/** Where signatures lie: that of a number begins at `number * eachWords + fromWord`, in words of 32 bits. */
export interface Signatures {
  readonly words: Uint32Array;
  readonly eachWords: number;
  readonly fromWord: number;
}

/**
 * Shows pairs of texts whose signatures are alike, by locality-sensitive hashing: 32 bands of 4 slots, one band after the
 * other, so that the table of one fits a processor's cache. A pair at J = 0.8 shares a band in all but one of ten million
 * cases, at 0.6 in 99 of 100. A pair may be shown for several bands.
 * @param numbers whose signatures; pairs are shown as places in it
 */
export function findPairs(
  { words, eachWords, fromWord }: Signatures,
  numbers: Int32Array,
  see: (one: number, earlier: number) => void,
): void {
  const count = numbers.length;
  const bits = Math.max(4, Math.ceil(Math.log2(count + 1)) + 1);
  const shift = 32 - bits;
  // Chained hash tables in typed arrays: a Map of 100,000 texts takes ten times the memory.
  const heads = new Int32Array(1 << bits);
  const nexts = new Int32Array(count);
  const keysOfBands = Array.from({ length: BANDS_AT_ONCE }, () => new Uint32Array(count));
  for (let band = 0; band < BANDS; band++) {
    if (band % BANDS_AT_ONCE === 0) {
      for (let item = 0; item < count; item++) {
        const from = (numbers[item] as number) * eachWords + fromWord + band;
        for (let next = 0; next < BANDS_AT_ONCE; next++) {
          (keysOfBands[next] as Uint32Array)[item] = words[from + next] as number;
        }
      }
    }
    const keys = keysOfBands[band % BANDS_AT_ONCE] as Uint32Array;
    heads.fill(-1);
    for (let item = 0; item < count; item++) {
      const key = keys[item] as number;
      const bucket = Math.imul(key ^ band, 0x9e3779b1) >>> shift;
      let left = LOOKED_AT;
      let other = heads[bucket] as number;
      for (; other >= 0 && left > 0; other = nexts[other] as number) {
        if (keys[other] !== key) continue;
        left--;
        see(item, other);
      }
      nexts[item] = heads[bucket] as number;
      heads[bucket] = item;
    }
  }
}
