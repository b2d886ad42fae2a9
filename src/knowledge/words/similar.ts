/**
 * A fingerprint of a passage's tokens, by which near-duplicates know one another: for each of 128 hash functions the
 * low byte of the least hash of any three tokens in a row (MinHash, Broder 1997; b-bit, Li and König 2010). 128 bytes,
 * to be stored beside the passage; empty for a passage without tokens. Deterministic.
 */
export function signature(tokens: readonly string[]): Uint8Array {
  const shingles = hashShingles(tokens);
  const found = new Uint8Array(shingles.size > 0 ? SLOTS : 0);
  for (let slot = 0; slot < found.length; slot++) {
    const seed = Math.imul(slot + 1, 0x9e3779b1);
    let least = 0xffffffff;
    for (const shingle of shingles) {
      const hash = finish(shingle ^ seed);
      if (hash < least) least = hash;
    }
    found[slot] = least & 0xff;
  }
  return found;
}

/**
 * True if two passages share about four of five shingles or more (estimated Jaccard similarity >= 0.75: nine of ten
 * pairs at 0.8 are found, one of a hundred at 0.65). Passages without tokens are like nothing.
 */
export function isNearDuplicate(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== SLOTS || b.length !== SLOTS) return false;
  // Most pairs are unlike, and known to be after a few dozen slots.
  let mayDiffer = SLOTS - SLOTS * LIKE;
  for (let slot = 0; slot < SLOTS; slot++) if (a[slot] !== b[slot] && --mayDiffer < 0) return false;
  return true;
}

const SLOTS = 128;
const LIKE = 0.75;
const SHINGLE_TOKENS = 3;

function hashShingles(tokens: readonly string[]): Set<number> {
  const hashes = tokens.map(hashOf);
  const shingles = new Set<number>();
  const last = Math.max(0, hashes.length - SHINGLE_TOKENS);
  for (let from = 0; from <= last && hashes.length > 0; from++) {
    let shingle = 0;
    for (const hash of hashes.slice(from, from + SHINGLE_TOKENS)) shingle = finish(Math.imul(shingle, 31) ^ hash);
    shingles.add(shingle);
  }
  return shingles;
}

function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3's finisher: a bijection of 32 bits, so no two shingles become one here. */
function finish(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
