import type { Page } from '../read/Page.ts';
import { createUniqueKeys, hashOfBeginning } from './hash.ts';
import type { Piece, PieceSize } from './Piece.ts';
import { plainText } from './plainText.ts';
import { sectionsOf } from './sections.ts';
import { splitWords } from './splitText.ts';
import { countTokens } from './tokens.ts';
import { headingsBetween, type Unit, unitsOf } from './units.ts';

/**
 * Cuts a page into pieces along its headings: `titlePath` says where a piece stands, headings within it are Markdown
 * headings. No piece has more than `size.max` tokens, no word is lost, fences are balanced, and a change in one section
 * leaves the pieces of the others (text and key) as they are. Pure.
 */
export function chunkPage(page: Page, size: PieceSize): Piece[] {
  const unique = createUniqueKeys();
  return unitsOf(sectionsOf(page), [], size).flatMap((unit) => piecesOf(unit, page, size, unique));
}

function piecesOf(unit: Unit, page: Page, size: PieceSize, unique: (key: string) => string): Piece[] {
  const text = textOf(unit);
  const first = unit.parts[0];
  const place = first?.path.at(-1);
  const slugs = (first?.path ?? []).map(({ slug }) => slug).join('/');
  const begins = first?.fragment?.begins ?? place?.title ?? '';
  const tokens = countTokens(text);
  // Sums of tokens are a hair off at the seams; if that breaks the limit, the limit wins.
  const texts = tokens <= size.max ? [text] : splitWords(text, size.max);
  return texts.map((part, at) => ({
    key: unique(`${slugs}#${hashOfBeginning(plainText(at === 0 ? begins.slice(0, 800) : part.slice(0, 800)))}`),
    text: part,
    titlePath: titlePathOf(unit, page),
    tokens: texts.length === 1 ? tokens : countTokens(part),
    messageIds: [],
    personIds: [],
    ...(place?.anchor !== undefined && { anchor: place.anchor }),
  }));
}

function textOf(unit: Unit): string {
  const blocks: string[] = [];
  let printed = unit.path;
  for (const { path, fragment } of unit.parts) {
    for (const { heading, isTitle } of headingsBetween(printed, path)) if (!isTitle) blocks.push(heading);
    if (fragment !== undefined) blocks.push(fragment.text);
    printed = path;
  }
  // A page that is nothing but its title.
  if (blocks.length === 0) return unit.parts[0]?.path.at(-1)?.heading ?? '';
  return blocks.join('\n\n');
}

/** The page's title, then the headings; a first heading that only repeats the title is left out. */
function titlePathOf(unit: Unit, page: Page): string[] {
  const titles = unit.path.map(({ title }) => title);
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  return [page.title, ...(same(titles[0] ?? '', page.title) ? titles.slice(1) : titles)];
}
