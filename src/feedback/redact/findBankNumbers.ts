import type { Finding } from './Finding.ts';

/** How long an IBAN of each country is, from https://www.iso13616.org: nothing behind it is taken for a part of it. */
const IBAN_LENGTHS = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])/gi;
const NEXT_OF_IBAN = /[ -]?([A-Za-z0-9])/y;

/** Digits in groups, with at most one sign between them. */
const GROUPS = /(?<![A-Za-z\d])(?<!\d[.,])\d(?:[ ._-]?\d){12,}/g;
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

/** IBANs and card numbers, by their checksums. @param text folded */
export function findBankNumbers(text: string): Finding[] {
  const found: Finding[] = [];
  for (const { index, 0: begin } of text.matchAll(IBAN)) {
    const to = endOfIban(text, index, begin);
    if (to !== undefined) found.push({ kind: 'iban', from: index, to });
  }
  for (const { index, 0: match } of text.matchAll(GROUPS)) {
    for (const { from, to } of cardsIn(match)) found.push({ kind: 'card', from: index + from, to: index + to });
  }
  return found;
}

/** ISO 7064, MOD 97-10. */
function endOfIban(text: string, from: number, begin: string): number | undefined {
  const length = IBAN_LENGTHS.get(begin.slice(0, 2).toUpperCase());
  let compact = begin;
  let to = from + begin.length;
  while (compact.length < (length ?? 0)) {
    NEXT_OF_IBAN.lastIndex = to;
    const next = NEXT_OF_IBAN.exec(text);
    if (!next) return undefined;
    compact += next[1];
    to = NEXT_OF_IBAN.lastIndex;
  }
  if (length === undefined || /[A-Za-z0-9]/.test(text[to] ?? '')) return undefined;
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? to : undefined;
}

/** Each run of whole groups that may be a card: what stands before or behind it (a month, a count) is none of it. */
function cardsIn(match: string): { from: number; to: number }[] {
  const groups = Array.from(match.matchAll(/\d+/g), ({ index, 0: digits }) => ({ index, digits }));
  const found: { from: number; to: number }[] = [];
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < LONGEST_CARD; last++) {
      const group = groups[last] as (typeof groups)[number];
      digits += group.digits;
      if (digits.length < SHORTEST_CARD) continue;
      if (digits.length > LONGEST_CARD) break;
      const lengths = groups.slice(first, last + 1).map((one) => one.digits.length);
      if (!isPrintedSo(lengths) || !isCard(digits)) continue;
      found.push({ from: (groups[first] as typeof group).index, to: group.index + group.digits.length });
      first = last;
      break;
    }
  }
  return found;
}

/** In one piece, in fours (or a few more), as American Express and Diners do, or sign by sign. A table has others. */
function isPrintedSo(lengths: readonly number[]): boolean {
  const body = lengths.slice(0, -1);
  return (
    lengths.every((length) => length === 1) ||
    ['4,6,5', '4,6,4'].includes(lengths.join()) ||
    (body.every((length) => length >= 4 && length % 2 === 0) &&
      (lengths.at(-1) as number) >= (lengths.length > 1 ? 1 : 13))
  );
}

/** Beginnings and lengths that are given out: Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Maestro. */
const ISSUED =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17}|(?:50|5[6-8]|6[37])\d{11,17})$/;

/** Luhn. */
function isCard(digits: string): boolean {
  if (!ISSUED.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
