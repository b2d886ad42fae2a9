/** From here on two stretches say the same; from there on they are about the same thing. */
const SAME = 0.8;
const ALIKE = 0.35;
const UPDATE = 0.5;
const MIN_WORDS = 2;

/** Alike in words and equal in numbers: two limits that differ are two things to read. */
export function saysTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return likeness(a, b) >= SAME && !differInNumbers(a, b);
}

export function isAboutTheSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return likeness(a, b) >= ALIKE;
}

/** Says of the same thing another number: what was said earlier no longer holds. */
export function isUpdateOf(later: ReadonlySet<string>, earlier: ReadonlySet<string>): boolean {
  if (numbersOf(later).length === 0 || numbersOf(earlier).length === 0 || !differInNumbers(later, earlier))
    return false;
  const [now, before] = [wordsOf(later), wordsOf(earlier)];
  return Math.min(now.size, before.size) >= MIN_WORDS && likeness(now, before) >= UPDATE;
}

/** Shared words over all words of the shorter one: a long reply may contain a short one. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((token) => b.has(token)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

function differInNumbers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return !(numbersOf(a).every((n) => b.has(n)) && numbersOf(b).every((n) => a.has(n)));
}

function numbersOf(words: ReadonlySet<string>): string[] {
  return [...words].filter((token) => /\p{N}/u.test(token));
}

function wordsOf(words: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...words].filter((token) => !/\p{N}/u.test(token)));
}
