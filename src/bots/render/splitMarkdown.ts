import { fenceAfter } from './fenceAfter.ts';

/**
 * Cuts Markdown into parts of at most `most` characters, between paragraphs where it can; a code block that is cut is
 * closed and opened again, so that each part reads by itself.
 */
export function splitMarkdown(markdown: string, most: number): string[] {
  if (markdown.length <= most) return [markdown];
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  let fence: string | undefined;
  let opening = '';

  function close() {
    const text = part.join('\n') + (fence === undefined ? '' : `\n${fence}`);
    if (text.trim() !== '') parts.push(text.replace(/^\n+|\s+$/g, ''));
    part = fence === undefined ? [] : [opening];
    length = fence === undefined ? 0 : opening.length + 1;
  }

  for (const line of markdown.split('\n').flatMap((long) => cutLine(long, Math.floor(most / 2)))) {
    const after = fenceAfter(fence, line);
    const room = most - (after === undefined ? 0 : after.length + 1);
    const isFull = length + line.length + 1 > room;
    // A new paragraph in the last fifth begins the next part rather than being torn.
    const isNearEnd = line === '' && fence === undefined && length > most * 0.8;
    if ((isFull || isNearEnd) && length > 0) close();
    if (fence === undefined && after !== undefined) opening = line;
    part.push(line);
    length += line.length + 1;
    fence = after;
  }
  fence = undefined;
  close();
  return parts;
}

function cutLine(line: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    let at = space > most / 2 ? space + 1 : most;
    // Not between the halves of a character.
    if (/[\uD800-\uDBFF]/.test(rest[at - 1] as string)) at--;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}
