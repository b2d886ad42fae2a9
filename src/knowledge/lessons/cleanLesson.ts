import { type AllowedLinks, createAllowedLinks } from '../answer/clean/allowedLinks.ts';
import { cleanUnit } from '../answer/clean/cleanUnit.ts';
import { createUnitSplitter, type UnitKind } from '../answer/markdown/units.ts';

const NO_LINKS = createAllowedLinks([]);
const MOST_TITLE = 200;

/**
 * What somebody wrote as Markdown that may be indexed and quoted: a link stays only if it stands in the passages that
 * the answer was made from; mentions, images, HTML and invisible characters go; a citation number means nothing here.
 */
export function cleanLesson(
  text: string,
  evidence: readonly { readonly text: string; readonly url: string }[],
): string {
  const links = createAllowedLinks(evidence);
  const splitter = createUnitSplitter();
  return [...splitter.push(text), ...splitter.end()]
    .map(({ kind, text: unit }) => (kind === 'blank' ? '\n\n' : cleaned(unit, kind, links)))
    .join('')
    .replace(/[ \t]*\[\^?\d{1,6}\](?!\()/gu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** A question as a title: one line, no markup. */
export function cleanTitle(question: string): string {
  const line = cleaned(question.replace(/\s+/gu, ' '), 'sentence', NO_LINKS).replace(/[\\`*_~|<>[\]#]/gu, '');
  return line.length > MOST_TITLE
    ? `${line
        .slice(0, MOST_TITLE - 1)
        .toWellFormed()
        .trim()}…`
    : line.trim();
}

function cleaned(unit: string, kind: UnitKind, links: AllowedLinks): string {
  return cleanUnit(unit, kind, links) ?? '';
}
