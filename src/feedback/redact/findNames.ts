import type { Finding } from './Finding.ts';

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly handle: string | null;
}

/** Finds the people of one space in a text, however they are written there. */
export type FindNames = (text: string) => Finding[];

/** First names that are words too: alone they mean somebody only behind an `@`. */
const ALSO_WORDS = new Set(
  'will mark may april june august art bill bob drew faith grace grant guy hope jack joy lance max miles pat penny pierce rich rob rose sky sue summer victor ward chase chance case dean dale earl frank gene glen june lee ray rusty sandy star stone tab tag test user admin bot team support info the and for'.split(
    ' ',
  ),
);
const MENTION = /<@([A-Za-z0-9_-]{1,64})>/g;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’._-]*/gu;

/** Prepares the search; a word is looked up, so that ten thousand people cost what ten do. */
export function createFindNames(people: readonly KnownPerson[]): FindNames {
  const known = new Map<string, { words: readonly string[]; id: string }[]>();
  const handles = new Map<string, string>();
  for (const { id, name, handle } of people) {
    if (handle) handles.set(handle.toLowerCase(), id);
    const words = wordsOf(name);
    const [first] = words;
    if (!first) continue;
    if (words.length > 1) add(first, words, id);
    if (first.length > 2) add(first, [first], id);
  }
  function add(first: string, words: readonly string[], id: string) {
    const key = first.toLowerCase();
    const list = known.get(key);
    if (list) list.push({ words, id });
    else known.set(key, [{ words, id }]);
  }
  for (const list of known.values()) list.sort((a, b) => b.words.length - a.words.length || (a.id < b.id ? -1 : 1));

  return (text) => {
    const found: Finding[] = Array.from(text.matchAll(MENTION), (match) => ({
      kind: 'mention' as const,
      from: match.index,
      to: match.index + match[0].length,
      who: match[1] as string,
    }));
    const words = Array.from(text.matchAll(WORD), (match) => ({
      word: match[0].replace(/['’](?:s|S)$|[.'’_-]+$/u, ''),
      from: match.index,
    }));
    for (let i = 0; i < words.length; i++) {
      const { word = '', from = 0 } = words[i] ?? {};
      const isCalled = text[from - 1] === '@';
      const handle = isCalled ? handles.get(word.toLowerCase()) : undefined;
      const person = known
        .get(word.toLowerCase())
        ?.find(({ words: name }) =>
          name.every((part, at) => same(words[i + at]?.word, part, name.length === 1, isCalled)),
        );
      const who = person?.id ?? handle;
      if (who === undefined) continue;
      const last = person ? words[i + person.words.length - 1] : words[i];
      const to = (last?.from ?? from) + (last?.word.length ?? word.length);
      found.push({ kind: 'name', from: isCalled ? from - 1 : from, to, who });
      i += (person?.words.length ?? 1) - 1;
    }
    return found;
  };
}

/** A name of several words is known in any case; one word must look like a name. */
function same(word: string | undefined, part: string, isAlone: boolean, isCalled: boolean): boolean {
  if (word === undefined || word.toLowerCase() !== part.toLowerCase()) return false;
  if (!isAlone || isCalled) return true;
  return word === part && /^\p{Lu}/u.test(word) && !ALSO_WORDS.has(word.toLowerCase());
}

function wordsOf(name: string): string[] {
  return Array.from(name.matchAll(WORD), ([word]) => word.replace(/[.'’_-]+$/u, '')).filter((word) => word !== '');
}
