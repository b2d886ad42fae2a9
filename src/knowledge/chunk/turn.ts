import type { Message } from '../Message.ts';

const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
/** How a turn begins: nobody may write one into somebody's mouth. */
const TURN = /^[ \t]*<@[^<>\s]{1,80}>:/;

/** What a message says, ready to stand in a conversation: files named, fences closed, no line that looks like a turn. */
export function saidIn(message: Message): string {
  const lines =
    message.text.includes('\n') || message.text.includes('\r') ? message.text.split(/\r\n?|\n/) : [message.text];
  const files = message.files.map(({ name }) => `[file: ${name.replace(/[\s[\]]+/g, ' ').trim() || 'unnamed'}]`);
  const text = lines.length === 1 ? message.text.trim() : closeFences(lines.map(quoteTurn)).join('\n').trim();
  return [text, ...files].filter((part) => part !== '').join(text.includes('\n') ? '\n' : ' ');
}

/** One turn. A code block needs a line of its own to be one. */
export function turnLine(personId: string, said: string): string {
  return FENCE.test(firstLine(said)) ? `<@${personId}>:\n${said}` : `<@${personId}>: ${said}`;
}

const firstLine = (text: string) => {
  const end = text.indexOf('\n');
  return end === -1 ? '' : text.slice(0, end);
};

const quoteTurn = (line: string) => (TURN.test(line) ? `> ${line}` : line);

function closeFences(lines: readonly string[]): readonly string[] {
  let open: string | undefined;
  for (const line of lines) {
    const marker = FENCE.exec(line)?.[1];
    if (open === undefined) open = marker;
    else if (marker !== undefined && marker[0] === open[0] && marker.length >= open.length && line.trim() === marker)
      open = undefined;
  }
  return open === undefined ? lines : [...lines, open];
}
