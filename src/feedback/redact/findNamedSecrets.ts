import type { Finding } from './Finding.ts';
import { NAMED_SECRET } from './passwordWords.ts';

/** What stands for a secret and is none: a variable, a placeholder, a row of stars, an address to look at. */
const PLACEHOLDER =
  /^(?:[$%{<*•.…-]|\\|x{3}|https?:\/\/|process\.|os\.|env[.[(]|(?:your|my|the|some|example|changeme|change-me|null|none|undefined|true|false|string|required|optional|redacted|password|secret|token)(?![\p{L}\p{N}]))/iu;
const SIGNS = /[!@#$%^&*+=?~|\\/]/;

/** Passwords and keys that a word announces: `Passwort: …`, `the password for guests is …`. @param text folded */
export function findNamedSecrets(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(NAMED_SECRET)) {
    const [, lead = '', password, , is = '', given = ''] = match;
    const isQuoted = /[`"']$/.test(lead) && text[match.index + lead.length + given.length] === lead.at(-1);
    const value = isQuoted ? given : cut(given, text[match.index - 1]);
    // Two names of fields beside one another.
    if (/`\s*`$/.test(lead) && is === '') continue;
    const isTold = /[:=>→]/.test(is) || isQuoted;
    if (!(password ? isPassword(value, { isTold, isQuoted }) : isKey(value, isTold))) continue;
    const from = match.index + lead.length;
    found.push({ kind: 'secret', from, to: from + value.length });
  }
  return found;
}

/** Without the end of the sentence, of the bold words or, in an address, of the parameter. */
function cut(value: string, before: string | undefined): string {
  const own = before === '?' || before === '&' ? value.replace(/[&#].*$/s, '') : value;
  const bare = own.replace(/[*_`)\]|,;:]+[.!?]?$|(?<=[\p{L}\p{N}])[.?]+$/u, '');
  return bare.replace(/[,;)\]]+$/u, '');
}

function isPassword(
  value: string,
  { isTold, isQuoted }: { readonly isTold: boolean; readonly isQuoted: boolean },
): boolean {
  if (PLACEHOLDER.test(value)) return false;
  const [hasLetter, hasDigit] = [/\p{L}/u.test(value), /\d/.test(value)];
  if (isQuoted) return value.length >= 4;
  // In digits alone: a PIN, and no date, time, price or version.
  if (!hasLetter) return /^\d{4,}$/.test(value) && (isTold || value.length >= 6);
  if (hasDigit) return value.length >= 6;
  if (value.length < 6) return false;
  if (/^[\p{Lu}\p{Ll}][\p{L}]*\/[\p{L}/]+$/u.test(value)) return false;
  return SIGNS.test(value.slice(0, -1)) || (isTold && /\p{Ll}\p{Lu}/u.test(value) && value.length >= 8);
}

function isKey(value: string, isTold: boolean): boolean {
  if (PLACEHOLDER.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  return value.length >= (isTold ? 8 : 16) && !/^\d+(?:st|nd|rd|th|px|ms|kb|mb|gb)\b/i.test(value);
}
