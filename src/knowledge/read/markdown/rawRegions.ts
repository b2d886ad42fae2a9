const FENCE = /^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})(.{0,100})/;
/** HTML blocks whose contents nobody reads. Each ends where its end is seen, or with the document. */
const DROPPED: readonly (readonly [RegExp, string])[] = [
  [/^ {0,3}<!--/, '-->'],
  [/^ {0,3}<script[\s>]/i, '</script'],
  [/^ {0,3}<style[\s>]/i, '</style'],
];

export interface RawRegions {
  /** Where this line lies: in (or on the fence of) a code block, in a comment or script, or in ordinary text. */
  next(line: string): 'code' | 'dropped' | 'text';
  /** The lines that close the open fence and open it again. */
  fence(): { readonly open: string; readonly close: string };
}

/** Follows a document line by line and tells where Markdown is not to be read as Markdown. */
export function createRawRegions(): RawRegions {
  let fence: { prefix: string; marker: string; info: string } | undefined;
  let droppedUntil: string | undefined;

  return {
    next(line) {
      if (droppedUntil !== undefined) {
        if (line.toLowerCase().includes(droppedUntil)) droppedUntil = undefined;
        return 'dropped';
      }
      if (fence !== undefined) {
        const quoteEnded = fence.prefix.includes('>') && !line.trimStart().startsWith('>');
        if (!quoteEnded) {
          if (closes(line, fence.marker)) fence = undefined;
          return 'code';
        }
        fence = undefined;
      }
      const opened = FENCE.exec(line);
      if (opened) {
        const [, prefix = '', marker = '', info = ''] = opened;
        fence = { prefix: prefix.slice(0, 80), marker: marker.slice(0, 80), info };
        return 'code';
      }
      for (const [start, end] of DROPPED) {
        if (!start.test(line)) continue;
        const rest = line.toLowerCase();
        // Something after the end of a comment is text again: the parser sorts it out.
        if (rest.includes(end)) return 'text';
        droppedUntil = end;
        return 'dropped';
      }
      return 'text';
    },
    fence() {
      const { prefix = '', marker = '', info = '' } = fence ?? {};
      const indent = prefix.replace(/[^\s>]/g, ' ');
      return { open: indent + marker + info, close: indent + marker };
    },
  };
}

function closes(line: string, marker: string): boolean {
  const bare = line.replace(/^[ \t>]+/, '').trimEnd();
  if (bare.length < marker.length || bare[0] !== marker[0]) return false;
  for (const character of bare) if (character !== marker[0]) return false;
  return true;
}
