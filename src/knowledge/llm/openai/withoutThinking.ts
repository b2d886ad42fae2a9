export interface ThinkingFilter {
  /** Takes the next piece and gives back what of it (and of what was held back) is answer. */
  next(piece: string): string;
  /** What was held back and turned out to be answer after all. */
  end(): string;
}

const opening = '<think>';
const closing = '</think>';

/**
 * Drops the thoughts that models such as DeepSeek R1 and Qwen write between <think> and </think> before their answer,
 * however the pieces are cut. Tags later in the text are left alone: there the model may be quoting somebody.
 */
export function createThinkingFilter(): ThinkingFilter {
  let state: 'before' | 'thinking' | 'answer' = 'before';
  let held = '';

  function next(piece: string): string {
    if (state === 'answer') return piece;
    held += piece;
    while (state !== 'answer') {
      if (state === 'thinking') {
        const end = held.indexOf(closing);
        if (end < 0) {
          // All but what could be the beginning of the closing tag has done its service.
          held = held.slice(-(closing.length - 1));
          return '';
        }
        held = held.slice(end + closing.length);
        state = 'before';
        continue;
      }
      const start = held.trimStart();
      if (start.startsWith(opening)) {
        held = start.slice(opening.length);
        state = 'thinking';
      } else if (opening.startsWith(start)) {
        return '';
      } else {
        state = 'answer';
        held = start;
      }
    }
    return held;
  }

  return { next, end: () => (state === 'before' ? held.trimStart() : '') };
}
