import type { PieceSize } from './Piece.ts';
import { splitCode } from './splitCode.ts';
import { splitText, type TextPart } from './splitText.ts';

const OPEN = /^[ \t]*(`{3,}|~{3,})([^`]*)$/;
const LANGUAGE = /^[\w+#.-]{1,30}$/;

/** A message that is too long for one piece, cut like a page: code between lines, prose between sentences. */
export function splitMessage(said: string, size: PieceSize): TextPart[] {
  const parts: TextPart[] = [];
  let prose: string[] = [];
  let code: string[] = [];
  let fence: { marker: string; lang: string } | undefined;

  const flushCode = () => {
    if (fence === undefined) return;
    // A fence with nothing in it: what stands beside it was meant.
    const value = code.join('\n').trim() === '' ? fence.lang : code.join('\n');
    for (const text of splitCode(value, fence.lang, size)) parts.push({ text, fresh: text });
    code = [];
    fence = undefined;
  };
  const flushProse = () => {
    if (prose.length > 0) parts.push(...splitText(prose.join('\n'), size));
    prose = [];
  };
  for (const line of said.split('\n')) {
    const opened = fence === undefined ? OPEN.exec(line) : null;
    if (opened) {
      flushProse();
      const info = (opened[2] ?? '').trim();
      const lang = LANGUAGE.test(info) ? info : '';
      fence = { marker: opened[1] ?? '', lang };
      // Chats let code begin on the line of its fence.
      if (lang === '' && info !== '') code.push(info);
    } else if (fence === undefined) prose.push(line);
    else if (line.trim().startsWith(fence.marker) && line.trim().replace(/[`~]/g, '') === '') flushCode();
    else code.push(line);
  }
  flushProse();
  flushCode();
  return parts;
}
