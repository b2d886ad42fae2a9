import type { PieceSize } from './Piece.ts';
import { splitWords } from './splitText.ts';
import { countTokens } from './tokens.ts';

/** A code block as Markdown, its fence longer than any run of backticks in it. */
function fenced(value: string, lang: string): string {
  let longest = 2;
  for (const [run] of value.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${lang}\n${value}\n${fence}`;
}

/**
 * A code block as one or more code blocks of at most `max` tokens: whole where it fits, else cut between lines (blank
 * ones where there is a choice) with the fence repeated.
 */
export function splitCode(value: string, lang: string, size: PieceSize): string[] {
  if (value.trim() === '') return [];
  const whole = fenced(value, lang);
  if (countTokens(whole) <= size.max) return [whole];
  const fence = /^`+/.exec(whole)?.[0].slice(0, 80) ?? '```';
  const room = Math.max(4, size.max - countTokens(`${fence}${lang}\n\n${fence}`) - 2);
  const aim = Math.min(size.target, room);
  const parts: string[] = [];
  let lines: string[] = [];
  let tokens = 0;

  const flush = () => {
    const part = lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
    if (part !== '') parts.push(fenced(part, lang));
    lines = [];
    tokens = 0;
  };

  for (const line of linesWithin(value, room)) {
    const cost = countTokens(`${line}\n`);
    const pause = line.trim() === '' && tokens >= aim / 2;
    if (lines.length > 0 && (pause || tokens + cost > aim)) flush();
    lines.push(line);
    tokens += cost;
  }
  flush();
  return parts;
}

function* linesWithin(value: string, room: number): Generator<string> {
  for (const line of value.split('\n')) {
    if (line.length <= room || countTokens(line) < room) yield line;
    else yield* splitWords(line, room - 1);
  }
}
