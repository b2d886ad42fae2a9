import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeFence, createUnitSplitter, unitsOf } from '../../../../src/knowledge/answer/markdown/units.ts';

const shape = (text: string) => unitsOf(text).map(({ kind, text: unit }) => `${kind}: ${unit.trim()}`);

describe('units', () => {
  it('are sentences, list items, headings, tables and code blocks', () => {
    expect(
      shape('# Title\nOne. Two!\n\n- a. b\n1. c\n| x | y |\n| - | - |\n| 1 | 2 |\n```sh\nls. # c\n\nx\n```\nEnd'),
    ).toEqual([
      'heading: # Title',
      'sentence: One.',
      'sentence: Two!',
      'blank: ',
      'item: - a. b',
      'item: 1. c',
      'table: | x | y |\n| - | - |\n| 1 | 2 |',
      'code: ```sh\nls. # c\n\nx\n```',
      'sentence: End',
    ]);
  });

  it.each([
    ['Use e.g. Linux. Then restart.', ['Use e.g. Linux.', 'Then restart.']],
    ['Das gilt z. B. für Linux. Dann neu starten.', ['Das gilt z. B. für Linux.', 'Dann neu starten.']],
    ['Version 1.2.3 is out. See v2.', ['Version 1.2.3 is out.', 'See v2.']],
    [
      'See `a. B` and [c. D](https://x.example/a. B). Next.',
      ['See `a. B` and [c. D](https://x.example/a. B).', 'Next.'],
    ],
    ['**Done. Really.** Next.', ['**Done. Really.**', 'Next.']],
    ['Yes. [1] No [2].', ['Yes. [1]', 'No [2].']],
    ['他说：“好。”然后走了。真的吗？是的！', ['他说：“好。”', '然后走了。', '真的吗？', '是的！']],
    ['Really?! Yes…', ['Really?!', 'Yes…']],
    ['هل يعمل؟ نعم.', ['هل يعمل؟', 'نعم.']],
  ])('cuts %s', (text, sentences) => {
    expect(unitsOf(text).map((unit) => unit.text.trim())).toEqual(sentences);
  });

  it('put together are the text, and are the same however it arrives', () => {
    const parts = fc.constantFrom(
      'a',
      '. ',
      'B',
      '\n',
      '```',
      '~~~',
      '|',
      '- ',
      '# ',
      '`',
      '**',
      '[',
      ']',
      '(',
      ')',
      '1',
      '。',
      '？',
      ' ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (chunks) => {
        const text = chunks.join('');
        const whole = unitsOf(text);
        expect(whole.map((unit) => unit.text).join('')).toBe(text);
        const splitter = createUnitSplitter();
        const grown = chunks.flatMap((chunk) => splitter.push(chunk));
        expect([...grown, ...splitter.end()]).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('does not wait for more when a sentence is over', () => {
    const splitter = createUnitSplitter();
    expect(splitter.push('One two. T').map((unit) => unit.text)).toEqual(['One two. ']);
    expect(splitter.push('hree.\n\nFour five').map((unit) => unit.text)).toEqual(['Three.\n', '\n']);
  });

  it('stay quick on hostile text', () => {
    for (const text of [
      '['.repeat(20_000),
      '`'.repeat(20_000),
      '. '.repeat(20_000),
      '*'.repeat(20_000),
      '![]('.repeat(5000),
    ]) {
      expect(unitsOf(text).length).toBeGreaterThan(0);
    }
  });
});

describe('closeFence', () => {
  it.each([
    ['```sh\nls\n```\n', '```sh\nls\n```\n'],
    ['```sh\nls', '```sh\nls\n```\n'],
    ['````\n```\nls', '````\n```\nls\n````\n'],
    ['~~~\nls\n', '~~~\nls\n~~~\n'],
  ])('%j', (open, closed) => expect(closeFence(open)).toBe(closed));
});
