/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/): quick and the same everywhere; names, not secrets. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** Eight hex digits that name a passage by its first words (case, spacing and markup aside). */
export function hashOfBeginning(plain: string): string {
  const words = plain.slice(0, 400).toLowerCase().split(/\s+/).filter(Boolean).slice(0, 12).join(' ').slice(0, 120);
  return fnv1a(words).toString(16).padStart(8, '0');
}

/** Gives each key once: what begins alike under one heading is told apart by `~2`, `~3` … in order. */
export function createUniqueKeys(): (key: string) => string {
  const seen = new Map<string, number>();
  return (key) => {
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}~${count}`;
  };
}
