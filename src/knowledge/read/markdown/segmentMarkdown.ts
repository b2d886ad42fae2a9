import { createLineDefuser } from './defuseLine.ts';
import { createRawRegions } from './rawRegions.ts';

/** Aimed at, not exceeded where a blank line allows it, and never exceeded (in characters). */
const SOFT = 4_096;
const HARD = 8_192;
const FORCED = 12_288;
/** A code block is cheap to parse, so it may be longer. */
const FORCED_CODE = 262_144;

const DEFINITION = /^ {0,3}\[([^\]^][^\]]{0,200})\]:[ \t]*\S/;
const LABEL = /\[([^[\]]{1,200})\]/g;
const LIST_ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]/;
const TABLE_RULE = /^[ \t]{0,3}[|:-][ \t|:-]{0,4000}$/;

/**
 * Cuts Markdown into parts that can be parsed one after the other. A Markdown parser takes time that grows with the
 * square of its input for many inputs (a thousand setext headings, lists without blank lines, `~~a~~b` …), so it is
 * given a few kilobytes at a time: linear for honest pages, bounded for hostile ones.
 * What one part may need of another goes along: link definitions, the header of a table, an open code fence.
 */
export function segmentMarkdown(text: string, options: { readonly mdx: boolean }): string[] {
  const defuse = createLineDefuser(options);
  const raw = createRawRegions();
  const segments: string[] = [];
  const definitions = new Map<string, string>();
  let lines: string[] = [];
  let length = 0;
  let tableHead: string[] = [];
  let previous = '';

  const cut = () => {
    if (lines.length > 0) segments.push(lines.join('\n'));
    lines = [];
    length = 0;
  };
  const add = (line: string) => {
    lines.push(line);
    length += line.length + 1;
  };

  for (const original of linesOf(text)) {
    const region = raw.next(original);
    if (region === 'dropped') continue;
    if (region === 'code') {
      if (length > FORCED_CODE) {
        add(raw.fence().close);
        cut();
        add(raw.fence().open);
      }
      add(original);
      previous = original;
      continue;
    }
    for (const line of defuse(original)) {
      const blank = line.trim() === '';
      const afterBlank = previous.trim() === '';
      const flat = !blank && !/^[\s>]/.test(line);
      if (blank) tableHead = [];
      else if (line.includes('-') && previous.includes('|') && TABLE_RULE.test(line)) tableHead = [previous, line];
      if (length > SOFT && afterBlank && flat && !LIST_ITEM.test(line)) cut();
      else if (length > HARD && ((afterBlank && !blank) || (flat && LIST_ITEM.test(line)))) cut();
      else if (length > FORCED) {
        cut();
        for (const head of tableHead) add(head);
      }
      const label = DEFINITION.exec(line)?.[1];
      if (label !== undefined && !definitions.has(nameOf(label))) definitions.set(nameOf(label), line);
      add(line);
      previous = line;
    }
  }
  cut();
  return segments.length < 2 || definitions.size === 0 ? segments : segments.map((part) => define(part, definitions));
}

/** Appends the definitions that `part` refers to and that stand elsewhere. */
function define(part: string, definitions: ReadonlyMap<string, string>): string {
  const wanted = new Set<string>();
  for (const [, label = ''] of part.matchAll(LABEL)) {
    const definition = definitions.get(nameOf(label));
    if (definition !== undefined) wanted.add(definition);
  }
  return wanted.size === 0 ? part : `${part}\n\n${[...wanted].join('\n')}`;
}

const nameOf = (label: string) => label.trim().replace(/\s+/g, ' ').toLowerCase();

/** The lines of a text, without holding them all at once. */
function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start <= text.length) {
    const at = text.indexOf('\n', start);
    const end = at === -1 ? text.length : at;
    yield text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
    start = end + 1;
  }
}
