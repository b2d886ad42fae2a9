import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThinkingFilter } from '../../../../src/knowledge/llm/openai/withoutThinking.ts';

function filter(pieces: readonly string[]): string {
  const thinking = createThinkingFilter();
  return pieces.map((piece) => thinking.next(piece)).join('') + thinking.end();
}

describe('thoughts in tags', () => {
  it.each([
    ['the answer alone', 'It is here.', 'It is here.'],
    ['a thought before it', '<think>hm</think>\n\nIt is here.', 'It is here.'],
    ['an empty thought', '<think></think>It is here.', 'It is here.'],
    ['two thoughts', '\n<think>a</think> <think>b < c</think> It is here.', 'It is here.'],
    ['a thought without an end', '<think>It is here, no, there', ''],
    ['a tag that somebody quotes', 'Write <think>x</think> there.', 'Write <think>x</think> there.'],
    ['what only looks like a tag', '<thinker> is a name', '<thinker> is a name'],
    ['the beginning of a tag', '<thi', '<thi'],
    ['nothing', '', ''],
  ])('%s', (_, said, answer) => {
    expect(filter([said])).toBe(answer);
    expect(filter([...said])).toBe(answer);
  });

  it('never show, however they are cut', () => {
    const piece = fc.string({ unit: fc.constantFrom('S', '<', '/', 'think', '>', ' ', '</think', '</') });
    const thought = piece.filter((text) => `${text}</think>`.indexOf('</think>') === text.length);
    fc.assert(
      fc.property(thought, fc.array(fc.nat({ max: 60 })), (secret, cuts) => {
        const said = `<think>${secret}</think>answer`;
        const places = [0, ...cuts.map((cut) => cut % said.length), said.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, i) => said.slice(places[i], end));
        expect(filter(pieces)).toBe('answer');
      }),
    );
  });
});
