import { isIPv6 } from 'node:net';
import type { Finding } from './Finding.ts';
import { findBankNumbers } from './findBankNumbers.ts';
import { findPhones } from './findPhones.ts';

const LATIN = String.raw`\p{Script=Latin}\p{M}`;
const DOT = String.raw`(?:\.|\s?[([{]\s?(?:dot|punkt|point|punto|ponto|точка)\s?[)\]}]\s?)`;
const AT = String.raw`(?:@|%40|\s?[([{]\s?(?:at|ät|@|arroba|chez|собака)\s?[)\]}]\s?)`;

/** Lengths are bounded, so that no text takes long. */
const EMAILS: readonly RegExp[] = [
  // As nearly all are; in a text without spaces the words beside it are no part of it.
  new RegExp(
    `(?<![${LATIN}\\d._%+-])[${LATIN}\\d._%+-]{1,64}${AT}(?:[${LATIN}\\d-]{1,63}${DOT}){1,8}(?:xn--[a-z\\d-]{2,59}|[${LATIN}]{2,24})(?![${LATIN}\\d])`,
    'giu',
  ),
  // In other scripts.
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{M}\p{N}._%+-]{1,64}@(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,8}[\p{L}\p{M}]{2,24}(?![\p{L}\p{N}])/gu,
  /(?<![\w.+-])[\w.+-]{1,64} at (?:[\w-]{1,63} dot ){1,8}[a-z]{2,24}\b/gi,
];
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
/** Addresses that the world can reach begin with 2 or 3. */
const IPV6 = /(?<![\w:.])[23][\da-f]{3}:[\da-f:]{2,35}(?![\w:])/gi;
const IS_VERSION = /(?:\bv|\bversions?|\bver\.?|\brelease|\bbuild|[a-z]\/|版本)[\s:=]{0,2}$/iu;

/** E-mail addresses, phone numbers, IBANs, card numbers, public IP addresses. @param text folded */
export function findPersonal(text: string): Finding[] {
  const found: Finding[] = [];
  if (/@|%40|\b(?:at|ät|arroba|chez)\b|собака/iu.test(text)) {
    const [usual = /^$/, ...others] = EMAILS;
    const latin = matches(text, usual, 'email');
    found.push(...latin);
    const taken = new Set(latin.map(({ to }) => to));
    for (const pattern of others) {
      // The same address with the words that stand before it.
      found.push(
        ...matches(text, pattern, 'email').filter(
          ({ from, to }) => !latin.some((one) => one.from < to && from < one.to) && !taken.has(to),
        ),
      );
    }
  }
  if (!/\d.?\d/s.test(text)) return found;
  return [
    ...found,
    ...findBankNumbers(text),
    ...findPhones(text),
    ...matches(text, IPV4, 'ip').filter(
      ({ from, to }) =>
        isPublicAddress(text.slice(from, to)) && !IS_VERSION.test(text.slice(Math.max(0, from - 12), from)),
    ),
    ...matches(text, IPV6, 'ip').filter(({ from, to }) => isPublicAddress6(text.slice(from, to))),
  ];
}

function matches(text: string, pattern: RegExp, kind: Finding['kind']): Finding[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, index }) => ({ kind, from: index, to: index + match.length }));
}

/** Those of private networks and examples name no person: RFC 1918, 5737, 6890. */
function isPublicAddress(match: string): boolean {
  // With zeros in front it is a phone number; counting up it is anybody's example.
  if (match === '1.2.3.4' || /(?:^|\.)0\d/.test(match)) return false;
  const [a = 256, b = 0, c = 0, d = 256] = match.split('.').map(Number);
  if (a > 255 || b > 255 || c > 255 || d > 255 || a === 0 || a >= 224) return false;
  if (a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32)) return false;
  if ((a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128)) return false;
  return !((a === 192 && b === 0) || (a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113));
}

/** Documentation has 2001:db8::/32 for itself: RFC 3849. */
function isPublicAddress6(match: string): boolean {
  return isIPv6(match) && !/^2001:0?db8:/i.test(match);
}
