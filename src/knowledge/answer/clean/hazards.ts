import { type Skeleton, skeletonOf } from './skeleton.ts';

/** A stretch of a text that a chat client or browser may turn into a link or into a notification of people. */
export interface Hazard {
  readonly kind: 'link' | 'mention';
  readonly from: number;
  readonly to: number;
  /** A link's address, disguises taken off. */
  readonly address: string;
  /** What may stand in its place: the label of `<#C1|general>`. */
  readonly label: string;
}

/** Endings under which clients make a link of bare `name.ending`; those that are file endings too (md, sh, rs) are not. */
const ENDINGS =
  'com|net|org|io|dev|app|ai|co|info|biz|gov|edu|mil|int|eu|uk|us|de|fr|es|it|nl|be|ch|at|ru|ua|cn|jp|kr|in|br|au|ca|mx|se|no|' +
  'dk|fi|cz|tr|ir|tv|gg|fm|to|xyz|top|site|online|link|click|shop|store|live|club|icu|vip|work|cloud|tech|page|blog|' +
  'news|wiki|space|website|gdn|buzz|onion|example|test|zip|mov|su|tk|ml|ga|cf|gq|onl|lol|fun|pro|name|mobi|asia|id|vn|th|tw|hk|sg';
const ENDING = `\\.(?:${ENDINGS})(?![a-z0-9_-]|\\.[\\p{L}\\p{N}])`;
/** A letter of a host name that stands in running text: in scripts without spaces the words before it would join in. */
const HOST = '[a-z0-9\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]';
const TAIL = '[^\\s<>\\[\\]`"|。，、；：！？）】」』“”]*';
// Lengths are bounded as those of names are, so that no text takes long to search.
const PATTERN = new RegExp(
  [
    // <@U1>, <!channel>, <#C1|general>, <@&1>, <:name:1>, </command:1>, <t:1>, <id:home>
    '(?<angle><(?:[@#!][^<>\\n]*|a?:\\w+:\\d+|/[\\w -]+:\\d+|t:-?\\d+[^<>]*|id:\\w+)>)',
    // A backslash that escapes nothing is shown by some and swallowed by others.
    '(?<at>@\\\\*(?:everyone|here|channel)(?![\\p{L}\\p{N}_]))',
    `(?<scheme>[a-z][a-z0-9+.-]{1,30}:[/\\\\]{2}${TAIL})`,
    `(?<script>(?:javascript|vbscript):(?=\\S)${TAIL}|data:[a-z]+/[a-z0-9.+-]+[;,]${TAIL})`,
    // Empty labels too (`me@.com`): Markdown readers make a link of them all the same.
    `(?<mail>(?:mailto:)?(?:${HOST}|[._%+-]){1,64}@(?:${HOST}|[-_.]){0,253}\\.(?:${HOST}|[-_]){1,63})`,
    `(?<www>(?<![\\p{L}\\p{N}])www\\.${TAIL})`,
    `(?<domain>(?:(?<!${HOST})${HOST}(?:(?:${HOST}|[_.-]){0,252}(?:${HOST}|[_-]))?|(?:(?!${HOST})\\p{L}){1,63})${ENDING}(?:[:/?#]${TAIL})?)`,
  ].join('|'),
  'gu',
);

/** All of them, in order, none overlapping, however they are disguised. Positions are those of the given text. */
export function findHazards(text: string): Hazard[] {
  const skeleton = skeletonOf(text);
  const disguised = disguisedHazards(text, skeleton);
  const plain = text.toLowerCase();
  if (skeleton.isPlain || plain.length !== text.length) return disguised;
  // Who reads the text as it stands may see the end of a name where the folded text goes on (`evil.net\\-`).
  const bare = Array.from(plain.matchAll(PATTERN)).flatMap((match): Hazard[] => {
    const [from, to] = [match.index, match.index + match[0].length];
    const isKnown = disguised.some((known) => known.from < to && from < known.to);
    if (match.groups?.domain === undefined || isKnown) return [];
    return [{ kind: 'link', from, to, address: text.slice(from, to), label: '' }];
  });
  return bare.length === 0 ? disguised : [...disguised, ...bare].sort((a, b) => a.from - b.from);
}

function disguisedHazards(text: string, skeleton: Skeleton): Hazard[] {
  return Array.from(skeleton.text.matchAll(PATTERN), (match) => {
    const groups = match.groups ?? {};
    const end = match.index + match[0].length;
    const mention = groups.angle ?? groups.at;
    const first = skeleton.at[match.index] ?? 0;
    // The backslash that was to hide it goes with it.
    const from = text[first - 1] === '\\' && skeleton.at[match.index - 1] !== first - 1 ? first - 1 : first;
    const to = skeleton.at[end] ?? text.length;
    const written = text.slice(from, to);
    return {
      kind: mention === undefined ? 'link' : 'mention',
      from,
      to,
      // Paths may tell upper from lower case: the spelling is kept where nothing was disguised.
      address: written.toLowerCase() === match[0] ? written : match[0],
      label: groups.angle === undefined ? (groups.at ?? '').replace(/^@\\*/u, '') : angleLabel(groups.angle),
    };
  });
}

function angleLabel(angle: string): string {
  const label = /\|([^|<>]*)>$/u.exec(angle)?.[1] ?? /^<!([a-z]+)>$/u.exec(angle)?.[1] ?? '…';
  return label.replace(/[@<>]/gu, '');
}
