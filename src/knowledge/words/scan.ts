import { fold } from './fold.ts';

/**
 * What a text is made of, as far as searching goes.
 * - `word`: one word in lower case, not yet stemmed; `capitals` when it was written all in capitals ("US", "IT").
 * - `identifier`: something written as one that has parts (`E_SEAT_409`, `getUserById`, `foo/bar.ts`): `wholes` are
 *   tokens, `parts` are words as above; `camel` when only its capitals show the parts ("GitHub").
 * - `literal`: a token to be taken as it is (a person, a channel, a number, an emoji).
 * - `run`: letters of a script that puts no spaces between words.
 */
export type Unit =
  | { readonly kind: 'word'; readonly word: string; readonly capitals: boolean }
  | {
      readonly kind: 'identifier';
      readonly wholes: readonly string[];
      readonly parts: readonly string[];
      readonly camel: boolean;
    }
  | { readonly kind: 'literal'; readonly token: string }
  | { readonly kind: 'run'; readonly text: string };

/** The longest token in UTF-16 units; what is longer is cut (FTS5 itself cuts at 32 KB). */
const MAX_TOKEN = 64;
/** An identifier of more parts than this is data (base64, a minified file): the rest of its parts is left out. */
const MAX_PARTS = 24;
const MAX_IDENTIFIER = 400;

/** The units of a text in their order; `language` only decides how Turkish i and apostrophes are read. */
export function scan(text: string, language: string): Unit[] {
  const units: Unit[] = [];
  const composed = text.toWellFormed().replace(VULGAR_FRACTION, ' $&').normalize('NFKC');
  for (const match of composed.matchAll(UNIT)) {
    const [, sigil, id, url, number, emoji, chunk] = match;
    if (id !== undefined) units.push({ kind: 'literal', token: (sigil === '@' ? personToken : channelToken)(id) });
    else if (url !== undefined) scanUrl(url, units, language);
    else if (number !== undefined)
      units.push({ kind: 'identifier', wholes: [`#${number}`], parts: [number], camel: false });
    else if (emoji !== undefined) units.push({ kind: 'literal', token: emoji.replace(EMOJI_VARIANT, '') });
    else if (chunk !== undefined) scanChunk(chunk, units, language);
  }
  return units;
}

/** The token of a person's mention `<@ID>`: what a question about that person looks for. */
export function personToken(id: string): string {
  return `@${safeId(id)}`;
}

/** The token of a channel's mention `<#ID>`. */
function channelToken(id: string): string {
  return `#${safeId(id)}`;
}

const VULGAR_FRACTION = /[\u00bc-\u00be\u2150-\u215e\u2189]/gu;
const EMOJI_VARIANT = /[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu;
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const LETTER = '[\\p{L}\\p{M}\\p{N}_\\u200c]';
const UNIT = new RegExp(
  [
    '<([@#])([^<>\\s|]{1,80})(?:\\|[^<>]{0,200})?>',
    '(https?:\\/\\/[^\\s<>"`|)\\]}]+)',
    `#(\\d{1,12})(?!${LETTER})`,
    '(\\p{Regional_Indicator}{2}|(?![©®™])\\p{Extended_Pictographic}(?:[\\u{1f3fb}-\\u{1f3ff}\\ufe0f]|\\u200d\\p{Extended_Pictographic})*)',
    `(${LETTER}+(?:(?:[-./:@'’+~\\\\]{1,2}|(?<=\\d),(?=\\d))${LETTER}+)*(?:\\+\\+|#(?!${LETTER}))?)`,
  ].join('|'),
  'gu',
);
const RUNS = new RegExp(`([${UNSPACED}][${UNSPACED}\\p{M}]*)|([^${UNSPACED}]+)`, 'gu');
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const PLAIN = /^(?:[\p{Lu}\p{Lt}]?[\p{Ll}\p{Lo}\p{Lm}\p{M}\u200c]+|[\p{Lu}\p{M}]+s?)$/u;
const APOSTROPHES = /^[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)+$/u;

function safeId(id: string): string {
  return id
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\0-\x20"'<>|*^(){},]/g, (c) => `+${c.charCodeAt(0).toString(16)}`)
    .slice(0, MAX_TOKEN);
}

function scanUrl(url: string, units: Unit[], language: string): void {
  const [, host = '', path = ''] = /^https?:\/\/(?:[^/@\s]*@)?(?:www\.)?([^/?#:]*)[^/?#]*(.*)$/su.exec(url) ?? [];
  const decoded = path.replace(/%[0-9a-f]{2}/gi, ' ');
  if (host) scanChunk(host.slice(0, MAX_IDENTIFIER).replace(/[^\p{L}\p{M}\p{N}.-]/gu, '-'), units, language);
  for (const match of decoded.slice(0, 400).matchAll(/[\p{L}\p{M}\p{N}_.-]+/gu)) {
    const segment = match[0].replace(/^[-.]+|[-.]+$/g, '');
    if (segment) scanChunk(segment, units, language);
  }
}

function scanChunk(chunk: string, units: Unit[], language: string): void {
  if (!/[\p{L}\p{N}]/u.test(chunk)) return;
  if (HAS_UNSPACED.test(chunk)) {
    for (const [, run, other] of chunk.matchAll(RUNS)) {
      if (run) units.push({ kind: 'run', text: run });
      else if (other) {
        const trimmed = other.replace(/^[-./:@'’+~\\,]+|[-./:@'’~\\,]+$/gu, '');
        if (trimmed) scanChunk(trimmed, units, language);
      }
    }
    return;
  }
  if (PLAIN.test(chunk)) {
    units.push(toWord(chunk, language));
    return;
  }
  if (/^\p{Nd}+$/u.test(chunk)) {
    units.push({ kind: 'literal', token: fold(chunk).slice(0, MAX_TOKEN) });
    return;
  }
  if (APOSTROPHES.test(chunk)) {
    scanApostrophes(chunk, units, language);
    return;
  }
  scanIdentifier(chunk.slice(0, MAX_IDENTIFIER), units, language);
}

/** "l'homme" and "what's" are a word and a scrap; "комп'ютер" is one word. */
function scanApostrophes(chunk: string, units: Unit[], language: string): void {
  if (/\p{Script=Cyrillic}/u.test(chunk)) {
    units.push(toWord(chunk.replace(/['’]/gu, ''), language));
    return;
  }
  const pieces = chunk.split(/['’]/u);
  const kept = pieces.filter((piece) => piece.length > 1);
  for (const piece of kept.length ? kept : [pieces.join('')]) units.push(toWord(piece, language));
}

function scanIdentifier(chunk: string, units: Unit[], language: string): void {
  if (/^\d{1,3}(?:,\d{3})+$/.test(chunk)) {
    units.push({ kind: 'literal', token: chunk.replaceAll(',', '').slice(0, MAX_TOKEN) });
    return;
  }
  const wholes = new Set<string>();
  const parts: string[] = [];
  const clean = lower(chunk, 'und')
    .replace(/[\\]/gu, '/')
    .replace(/[^\p{L}\p{M}\p{N}_\-./:@+#]/gu, '-');
  for (const whole of [clean, clean.slice(clean.lastIndexOf('/') + 1)]) {
    const bare = whole.replace(/^v(?=\d+\.\d)/u, '').replace(/^[-_.:]+|[-_.:]+$/gu, '');
    if (bare && bare.length <= MAX_TOKEN) wholes.add(fold(bare));
  }
  if (/^\d{1,3}(?:\.\d{3})+$/.test(chunk)) wholes.add(chunk.replaceAll('.', ''));
  if (/^(?:\p{L}\.)+\p{L}$/u.test(chunk)) wholes.add(fold(clean.replace(/\./g, '')));
  let segments = 0;
  for (const segment of chunk.split(/[^\p{L}\p{M}\p{N}\u200c]+/u)) {
    if (!segment) continue;
    segments++;
    const humps = segment.match(HUMP) ?? [segment];
    if (humps.length > 1 && segments === 1 && segment.length < chunk.length)
      wholes.add(fold(lower(segment, 'und')).slice(0, MAX_TOKEN));
    for (const hump of humps)
      if (hump.length > 1 || /\p{N}/u.test(hump)) parts.push(lower(hump, language).slice(0, MAX_TOKEN));
  }
  const camel = segments === 1 && !/\p{N}/u.test(chunk);
  units.push({
    kind: 'identifier',
    wholes: [...wholes],
    parts: [...new Set(parts)].filter((p) => !wholes.has(p)).slice(0, MAX_PARTS),
    camel,
  });
}

// "HTTPServer" -> HTTP, Server; "getUserById2" -> get, User, By, Id, 2.
const HUMP = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}\u200c]+|\p{N}+/gu;

function toWord(surface: string, language: string): Unit {
  const capitals = surface.length > 1 && surface === surface.toUpperCase() && surface !== surface.toLowerCase();
  return { kind: 'word', word: lower(surface, capitals ? 'und' : language).slice(0, MAX_TOKEN), capitals };
}

function lower(surface: string, language: string): string {
  return language === 'tr' || language === 'az' ? surface.toLocaleLowerCase('tr') : surface.toLowerCase();
}
