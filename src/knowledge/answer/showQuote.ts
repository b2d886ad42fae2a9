import { normaliseCitations } from './citations.ts';
import type { AllowedLinks } from './clean/allowedLinks.ts';
import { cleanUnit } from './clean/cleanUnit.ts';
import type { Evidence } from './Evidence.ts';
import { closeFence } from './markdown/units.ts';
import type { Quotable, QuotedPart } from './quotes/Quoted.ts';

const NO_NUMBERS: ReadonlySet<number> = new Set();
const NO_LINKS: AllowedLinks = { match: () => undefined };

/**
 * A quote as a Markdown block quote, with who said it, where and when below, readable on a phone; several people one
 * below the other. What must not be shown is taken out as from a model's text, since passages come from anybody.
 * Undefined if nothing is left.
 */
export function showQuote(quotable: Quotable, links: AllowedLinks): string | undefined {
  const { evidence, parts } = quotable;
  const [only] = parts.length === 1 ? parts : [];
  const shown = parts
    .map((part) => ({ who: part === only ? '' : plainTitle(part.who ?? ''), said: showPart(part, links) }))
    .filter(({ said }) => said !== '')
    .map(({ who, said }) => (who === '' ? said : `**${who}:**${isBlock(said) ? '\n' : ' '}${said}`))
    .join('\n\n');
  if (!/[\p{L}\p{N}\p{S}]/u.test(shown)) return undefined;
  const where = plainTitle(evidence.title);
  const when = evidence.atMs === undefined ? '' : new Date(evidence.atMs).toISOString().slice(0, 10);
  const by = [plainTitle(only?.who ?? ''), where, when].filter((part) => part !== '').join(', ');
  return `${shown}\n\n— ${by === '' ? '' : `${by} `}[${evidence.n}]`.replace(/^(?=.)/gmu, '> ').replace(/^$/gmu, '>');
}

function showPart({ units, isCut }: QuotedPart, links: AllowedLinks): string {
  const said = units
    .map((unit) => {
      const text = unit.kind === 'code' ? closeFence(unit.text) : normaliseCitations(unit.text, NO_NUMBERS).text;
      return cleanUnit(text, unit.kind, links) ?? '';
    })
    .join('')
    .trim();
  if (said === '' || !isCut) return said;
  return units.at(-1)?.kind === 'sentence' ? `${said} …` : `${said}\n\n…`;
}

/** What would not be read as a code block, list or table behind a name on the same line. */
function isBlock(said: string): boolean {
  return /^(?:`{3}|~{3}|\||#{1,6}\s|>|[-*+•]\s|\d{1,4}[.)]\s)/u.test(said);
}

/** A passage as a line of a list, linked if it has a web address. */
export function showPlace(evidence: Evidence): string {
  const url = URL.parse(evidence.url);
  const title = plainTitle(evidence.title) || (url?.host ?? '…');
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const address = url?.href.replace(/[()<>\s]/gu, (sign) =>
    encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'),
  );
  return `- ${isWeb ? `[${title}](${address})` : title} [${evidence.n}]`;
}

/** A title in one line, with nothing in it that Markdown or a platform would read as markup. */
function plainTitle(title: string): string {
  const cleaned = cleanUnit(title.replace(/\s+/gu, ' '), 'sentence', NO_LINKS) ?? '';
  return cleaned
    .replace(/[\\`*_~|<>[\]]/gu, '')
    .trim()
    .slice(0, 120);
}
