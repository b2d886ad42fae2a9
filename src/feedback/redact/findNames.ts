import type { Finding } from './Finding.ts';
import { createFindSpaceless, isSpaceless } from './findSpacelessNames.ts';
import { foldText } from './foldText.ts';
import { type IsOrdinary, isOwnWord } from './ordinaryWords.ts';

export interface KnownPerson {
  readonly id: string;
  /** One of the names that they go by: a person with three is there three times. */
  readonly name: string;
}

/** Finds the people of one space in a text, however they are written there. @param text folded */
export type FindNames = (text: string) => Finding[];

const PART = /[\p{L}\p{M}\p{N}]+/gu;
/** What may stand between the parts of a name: `Anne-Marie`, `O’Brien`, `mara.lind`, `Lind, Mara`. */
const BETWEEN = /^(?: {1,2}|\n|[-'’._]|, |\. )$/;
const CASED = /\p{Lu}|\p{Ll}|\p{Lt}/u;
const MOST_PARTS = 8;

/** How a name of one part is to be written so that it means the person; a longer one is known in any case. */
type Alone = 'as a name' | 'in any case' | 'called';

interface Node {
  readonly next: Map<string, Node>;
  who?: string;
  alone?: Alone;
}

/**
 * Prepares the search. A part is looked up behind the one before it, so that ten thousand people cost what ten do.
 * @param isOrdinary of words in lower case; without it none is taken for a name
 */
export function createFindNames(
  people: readonly KnownPerson[],
  { spaceId, isOrdinary = () => true }: { readonly spaceId?: string; readonly isOrdinary?: IsOrdinary } = {},
): FindNames {
  const root: Node = { next: new Map() };
  const spaceless: KnownPerson[] = [];
  const inSpace = spaceId === undefined ? {} : { in: spaceId };

  function add(parts: readonly string[], id: string, alone: Alone): void {
    let node = root;
    for (const part of parts.slice(0, MOST_PARTS)) {
      const known = node.next.get(part);
      const next = known ?? { next: new Map() };
      if (!known) node.next.set(part, next);
      node = next;
    }
    // Of two who are called so it is the first, in every text.
    node.who ??= id;
    if (node.alone === undefined || rank(alone) > rank(node.alone)) node.alone = alone;
  }

  for (const { id, name: given } of [...people].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    const name = foldText(given).text.trim();
    if (name === id) continue;
    if (isSpaceless(name)) {
      spaceless.push({ id, name });
      continue;
    }
    const written = partsOf(name);
    const parts = written.map((part) => part.toLowerCase());
    const [first] = parts;
    if (first === undefined) continue;
    if (parts.length > 1) add(parts, id, 'in any case');
    const words = name.split(' ').filter((word) => /\p{L}/u.test(word));
    if (words.length === 2) {
      const [given = [], family = []] = words.map((word) => partsOf(word).map((part) => part.toLowerCase()));
      add([...family, ...given], id, 'in any case');
    }
    if (parts.length === 1) add([first], id, aloneAs(written[0] as string, isOrdinary));
    // By the first name alone, as people call one another.
    else if (words.length > 1) {
      const called = partsOf(words[0] as string);
      if (called.length > 0 && called.join('').length > 2) {
        add(
          called.map((part) => part.toLowerCase()),
          id,
          called.length > 1 ? 'in any case' : aloneAs(called[0] as string, () => true),
        );
      }
    }
  }
  const findSpaceless = createFindSpaceless(spaceless);

  return (text) => {
    const found: Finding[] = findSpaceless(text).map((one) => ({ ...one, ...inSpace }));
    if (root.next.size === 0) return found;
    const parts = Array.from(text.matchAll(PART), ({ 0: part, index }) => ({
      part,
      from: index,
      to: index + part.length,
    }));
    for (let at = 0; at < parts.length; at++) {
      const [count, who, skipped] = longest(text, parts, at);
      if (who === undefined) continue;
      const first = parts[at] as Part;
      const from = first.from + skipped;
      const isCalled = text[from - 1] === '@';
      found.push({
        kind: 'name',
        from: isCalled ? from - 1 : from,
        to: (parts[at + count - 1] as Part).to,
        who,
        ...inSpace,
      });
      at += count - 1;
    }
    return found;
  };

  /** The most parts from here that are a name. */
  function longest(
    text: string,
    parts: readonly Part[],
    at: number,
  ): [count: number, who: string | undefined, skipped: number] {
    const first = parts[at] as Part;
    const lower = first.part.toLowerCase();
    let skipped = 0;
    let node = root.next.get(lower);
    // "And", "to", "by" are written together with the name in Arabic.
    if (!node && /^[وفبلك]/.test(lower) && lower.length > 3) {
      node = root.next.get(lower.slice(1));
      skipped = 1;
    }
    let found: [number, string | undefined, number] = [0, undefined, 0];
    for (let count = 1; node && count <= MOST_PARTS; count++) {
      const isCalled = text[first.from - 1] === '@';
      if (node.who !== undefined && (count > 1 || isCalled || mayStandAlone(first.part, node.alone))) {
        found = [count, node.who, skipped];
      }
      const [last, next] = [parts[at + count - 1] as Part, parts[at + count]];
      if (!next || next.from - last.to > 2 || !BETWEEN.test(text.slice(last.to, next.from))) break;
      node = node.next.get(next.part.toLowerCase());
    }
    return found;
  }
}

interface Part {
  readonly part: string;
  readonly from: number;
  readonly to: number;
}

const rank = (alone: Alone) => ['called', 'as a name', 'in any case'].indexOf(alone);

function partsOf(name: string): string[] {
  return Array.from(name.matchAll(PART), ([part]) => part);
}

/** @param part as the person writes it */
function aloneAs(part: string, isOrdinary: IsOrdinary): Alone {
  const lower = part.toLowerCase();
  if (!CASED.test(part)) return /\p{L}/u.test(part) && part.length > 2 ? 'in any case' : 'called';
  if (lower.length < 3 || isOwnWord(lower)) return 'called';
  return part === lower && !isOrdinary(lower) ? 'in any case' : part === lower ? 'called' : 'as a name';
}

/** @param part as it stands in a text */
function mayStandAlone(part: string, alone: Alone | undefined): boolean {
  return alone === 'in any case' || (alone === 'as a name' && /^\p{Lu}/u.test(part));
}
