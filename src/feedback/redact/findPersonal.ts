import type { Finding, FindingKind } from './Finding.ts';

/** Personal data by pattern, and by checksum where there is one. Lengths are bounded, so that no text takes long. */
const PATTERNS: readonly { kind: FindingKind; pattern: RegExp; holds?: (match: string) => boolean }[] = [
  {
    kind: 'email',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu,
  },
  // Groups of four as it is printed, or in one piece. https://www.iso13616.org
  { kind: 'iban', pattern: /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b/g, holds: isIban },
  { kind: 'card', pattern: /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g, holds: isCard },
  { kind: 'phone', pattern: /(?<![\p{L}\p{N}/.:_-])(?:\+|00)\d{1,3}(?:[ ().\-/]{0,3}\d){6,13}(?![\d])/gu },
  {
    kind: 'phone',
    pattern: /(?<![\p{L}\p{N}/.:_-])\(?0\d{1,5}\)?[ /-](?:[ ]?\d[ -]?){5,10}(?![\d:])/gu,
    holds: isNational,
  },
  { kind: 'phone', pattern: /(?<![\p{L}\p{N}/.:_-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)/gu },
  { kind: 'ip', pattern: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, holds: isPublicAddress },
];

/** E-mail addresses, phone numbers, IBANs, card numbers, public IP addresses. */
export function findPersonal(text: string): Finding[] {
  return PATTERNS.flatMap(({ kind, pattern, holds = () => true }) =>
    Array.from(text.matchAll(pattern))
      .filter(([match]) => holds(match))
      .map((match) => ({ kind, from: match.index, to: match.index + match[0].length })),
  );
}

/** ISO 7064, MOD 97-10. */
function isIban(match: string): boolean {
  const compact = match.replace(/ /g, '');
  if (compact.length < 15 || compact.length > 34) return false;
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Luhn, of a length and beginning that cards have. */
function isCard(match: string): boolean {
  const digits = match.replace(/\D/g, '');
  if (digits.length < 13 || !/^[2-6]/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

function isNational(match: string): boolean {
  const digits = match.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 14;
}

/** Those of private networks and examples name no person: RFC 1918, 5737, 6890. */
function isPublicAddress(match: string): boolean {
  const [a = 256, b = 0, c = 0, d = 256] = match.split('.').map(Number);
  if (a > 255 || b > 255 || c > 255 || d > 255 || a === 0 || a >= 224) return false;
  if (a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32)) return false;
  if ((a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128)) return false;
  return !((a === 192 && b === 0) || (a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113));
}
