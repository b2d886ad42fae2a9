import { afterCodeSpan } from '../markdown/boundary.ts';
import type { UnitKind } from '../markdown/units.ts';
import type { AllowedLinks } from './allowedLinks.ts';
import { findHazards, type Hazard } from './hazards.ts';
import { markdownLinkAt } from './markdownLink.ts';

/** What stands where an address was taken out. */
const GAP = '…';
/** Taking one thing out may uncover another; a text that takes longer to settle is built to deceive. */
const MAX_ROUNDS = 8;

/**
 * Makes a piece of Markdown safe to show: links lead only where the evidence does (else the label stays), images become
 * links, nobody is notified, HTML is inert, invisible and direction-changing characters are gone.
 * @returns undefined when it does not come to rest, and nothing of it should be shown
 */
export function cleanUnit(text: string, kind: UnitKind, links: AllowedLinks): string | undefined {
  let before = withoutInvisible(text);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const after = withoutInvisible(kind === 'code' ? scrub(before, links, true) : cleanProse(before, links));
    if (after === before) return isSafe(after, links) ? after : undefined;
    before = after;
  }
  return undefined;
}

/** The last word: whatever the rules above made of it, every address in the text is an allowed one. */
function isSafe(text: string, links: AllowedLinks): boolean {
  let bare = '';
  let at = 0;
  while (at < text.length) {
    const link = text[at] === '[' && text[at - 1] !== '\\' ? markdownLinkAt(text, at) : undefined;
    if (link !== undefined && links.match(link.destination)?.rest !== '') return false;
    bare += link === undefined ? text[at] : `${link.label} `;
    at = link === undefined ? at + 1 : link.end;
  }
  return findHazards(bare).every((hazard) => hazard.kind === 'link' && links.match(hazard.address) !== undefined);
}

function cleanProse(text: string, links: AllowedLinks): string {
  let out = '';
  let plain = '';
  let at = 0;
  const flush = (): void => {
    out += scrub(plain, links, false);
    plain = '';
  };
  const take = (cleaned: string, end: number): void => {
    flush();
    out += cleaned;
    at = end;
  };
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '\\') {
      plain += text.slice(at, at + 2);
      at += 2;
    } else if (char === '`') {
      const end = afterCodeSpan(text, at);
      if (end === undefined) {
        // A stray one must not open a code span that ends in another unit, and turns code there into markup.
        plain += '\\`';
        at += 1;
      } else take(scrub(text.slice(at, end), links, true), end);
    } else if (char === '[' || (char === '!' && text[at + 1] === '[')) {
      const link = markdownLinkAt(text, char === '!' ? at + 1 : at);
      if (link === undefined) {
        plain += char;
        at += 1;
      } else take(cleanLink(link.label, link.destination, links), link.end);
    } else if (char === ']' && (text[at + 1] === '(' || (text[at + 1] === ':' && isDefinition(text, at)))) {
      // What is no link here must not become one together with what stands elsewhere.
      plain += '] ';
      at += 1;
    } else if (char === '<') {
      const angle = cleanAngle(text.slice(at), links);
      if (angle.kept) take(angle.text, at + angle.length);
      else {
        plain += angle.text;
        at += angle.length;
      }
    } else {
      plain += char;
      at += 1;
    }
  }
  flush();
  return out;
}

function cleanLink(label: string, destination: string, links: AllowedLinks): string {
  const cleaned = cleanProse(label, links);
  // A number that leads somewhere is a citation: its link is made from the evidence, not here.
  const found = /^\s*\^?\d+\s*$/u.test(cleaned) ? undefined : links.match(destination);
  if (found === undefined || found.rest !== '')
    return /^\s*\^?\d+\s*$/u.test(cleaned) ? `[${cleaned.trim()}]` : cleaned;
  if (!/^https?:/iu.test(found.spelled)) return cleaned;
  const inert = cleaned
    .replace(/\[([^[\]]*)\]\([^()]*\)/gu, '$1')
    .replace(/<(https?:[^<>]*)>/giu, '$1')
    .replace(/\\?[[\]]/gu, '')
    .trim();
  // A label that is an address of its own would send people where it does not say.
  const disguise = findHazards(inert).find((hazard) => hazard.kind === 'link');
  const isDisguised = disguise !== undefined && links.match(disguise.address)?.spelled !== found.spelled;
  return inert === '' || isDisguised ? `<${found.spelled}>` : `[${inert}](${encodeParentheses(found.spelled)})`;
}

const TAG = /^<(?:!--[\s\S]*?-->|\/?([a-z][a-z0-9-]*)(?:\s[^<>]*)?\/?>)/iu;
const HTML =
  /^(?:a|abbr|b|base|big|blockquote|body|br|button|center|code|dd|del|details|div|dl|dt|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|math|meta|object|ol|p|picture|pre|q|s|samp|script|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul|video)$/iu;

/** Left for `scrub`, which knows them all. */
const MENTION = /^<(?:[@#!][^<>\n]*|a?:\w+:\d+|t:[^<>\n]*|id:\w+|\/[\w -]+:\d+)>/u;

interface Angle {
  readonly text: string;
  readonly length: number;
  /** True if it is finished; otherwise it is read on as plain text. */
  readonly kept: boolean;
}

function cleanAngle(rest: string, links: AllowedLinks): Angle {
  const autolink = /^<(https?:\/\/[^\s<>|]+)(?:\|([^<>\n]*))?>/iu.exec(rest);
  if (autolink !== null) {
    const [whole, address = '', label] = autolink;
    const found = links.match(address);
    if (found?.rest === '' && label === undefined)
      return { text: `<${found.spelled}>`, length: whole.length, kept: true };
    return { text: label ?? GAP, length: whole.length, kept: false };
  }
  const tag = TAG.exec(rest);
  if (tag !== null && (tag[1] === undefined || HTML.test(tag[1]))) {
    return { text: /^(?:br|p|div|li|tr)$/iu.test(tag[1] ?? '') ? ' ' : '', length: tag[0].length, kept: false };
  }
  if (MENTION.test(rest)) return { text: '<', length: 1, kept: false };
  return { text: /^<[a-z/!?&@#:]/iu.test(rest) ? '\\<' : '<', length: 1, kept: false };
}

/** Takes addresses and mentions out of text that is not otherwise marked up. */
function scrub(plain: string, links: AllowedLinks, isCode: boolean): string {
  let out = '';
  let from = 0;
  for (const hazard of findHazards(plain)) {
    out += plain.slice(from, hazard.from) + inPlaceOf(hazard, links, isCode);
    from = hazard.to;
  }
  return out + plain.slice(from);
}

function inPlaceOf(hazard: Hazard, links: AllowedLinks, isCode: boolean): string {
  if (hazard.kind === 'mention') return hazard.label;
  const found = links.match(hazard.address);
  if (found === undefined) return GAP;
  return (isCode || !/^https?:/iu.test(found.spelled) ? found.spelled : `<${found.spelled}>`) + found.rest;
}

/** Zero-width joiners stay where they make one emoji or shape letters; what turns the writing direction never does. */
function withoutInvisible(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(INVISIBLE, '').replace(STRAY_JOINER, '');
}

const LINE_BREAK = /[\u2028\u2029\u0085]/gu;
const INVISIBLE = /(?!\t|\n|\u200c|\u200d|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const STRAY_JOINER =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Devanagari}\p{M}])[\u200c\u200d]+/gu;

/** `[name]: address` at the beginning of a line, or of what a list or quote holds, defines where `[name]` leads. */
function isDefinition(text: string, closing: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', closing) + 1, closing);
  return /^[\s>*+\d.)-]*\[[^\]]*$/u.test(line);
}

function encodeParentheses(address: string): string {
  return address.replace(/\(/gu, '%28').replace(/\)/gu, '%29');
}
