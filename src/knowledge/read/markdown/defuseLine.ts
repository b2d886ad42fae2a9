import { breakBetween } from '../breakBetween.ts';

/** How deep quotes and lists may be nested by one line, how far a line may be indented, how long it may be. */
const MAX_MARKERS = 16;
const MAX_INDENT = 80;
const MAX_LINE = 8_000;
/** Above so many in one line, `*`, `_` and `~` mean themselves: pairing them takes quadratic time. */
const MAX_EMPHASIS = 400;

const CONTAINER = /^[ \t]{0,80}:{3,}[ \t]*(.{0,300})$/;
/** Words that open a container (VuePress, Docusaurus, MyST); what stands after them is its title. */
const CONTAINER_TITLE = /^\{?[\w-]+\}?[ \t]*(?:\{[^}]*\})?[ \t]*(.*)$/;
const MODULE_LINE =
  /^(?:import\s.{0,500}from\s+['"].{0,500}['"];?|import\s+['"].{0,500}['"];?|export\s+(?:const|default|let|function)\s.{0,2000})$/;

/**
 * Makes one line of Markdown (outside code) harmless and plain: nesting, indentation and length are bounded, the
 * marks of containers (`::: tip`) go while their titles stay. Gives the lines that take its place.
 */
export function createLineDefuser(options: { readonly mdx: boolean }): (line: string) => string[] {
  return (original) => {
    let line = original;
    const container = CONTAINER.exec(line);
    if (container) return ['', titleOf(container[1] ?? ''), ''];
    if (options.mdx && MODULE_LINE.test(line)) return [''];
    if (/^[\s>*+\-\d.)]{32}/.test(line)) line = flatten(line);
    if (line.length > 1_000 && countEmphasis(line) > MAX_EMPHASIS) line = line.replace(/[*_~]/g, '\\$&');
    // A setext heading ends here anyway; the blank line lets the document be cut after it.
    if (/^ {0,3}=+[ \t]*$/.test(line)) return [line.slice(0, 80), ''];
    return line.length > MAX_LINE ? breakLine(line) : [line];
  };
}

function titleOf(opening: string): string {
  const bracketed = /^[\w-]*\[(.*)\]/.exec(opening.trim());
  return (bracketed?.[1] ?? CONTAINER_TITLE.exec(opening.trim())?.[1] ?? '').trim();
}

function flatten(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  let rest = indent.length > MAX_INDENT ? indent.slice(0, MAX_INDENT) + line.slice(indent.length) : line;
  let kept = 0;
  let at = 0;
  const marker = /[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y;
  for (;;) {
    marker.lastIndex = at;
    if (!marker.test(rest)) break;
    at = marker.lastIndex;
    kept += 1;
    if (kept === MAX_MARKERS) {
      const tail = rest.slice(at).replace(/^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))+/, '');
      rest = `${rest.slice(0, at)} ${tail.replace(/^[ \t]+/, '')}`;
      break;
    }
  }
  return rest;
}

function countEmphasis(line: string): number {
  let count = 0;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 42 || code === 95 || code === 126) count += 1;
  }
  return count;
}

/** Breaks an endless line into paragraphs, between words where there are any. */
function breakLine(line: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < line.length; ) {
    const end = breakBetween(line, start, MAX_LINE);
    const part = line.slice(start, end);
    // What stood in the middle of a line must not begin a block, or a comment that swallows the rest.
    parts.push(start === 0 ? part : part.replace(/^\s*([<#>*+\-|~`=:])/, '\\$1'), '');
    start = end;
  }
  return parts;
}
