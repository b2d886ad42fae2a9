import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/knowledge/chunk/plainText.ts';

describe('plainText', () => {
  it.each([
    ['see [the **docs**](https://a.example/x_(y)) and ![a chart](c.png)', 'see the docs and a chart'],
    ['at https://docs.example.com/a/b?c=d. And <https://b.example/x>', 'at docs.example.com And b.example'],
    ['<@U123>: hi <@!U9> in <#C1|ops>\n<@U2>: yes', 'hi in\nyes'],
    ['# Title\n\n- one\n- [x] two\n1. three\n> quoted', 'Title\none\ntwo\nthree\nquoted'],
    ['```js\nconst a_b = x[0];\n```', 'const a_b = x[0];'],
    ['use `npm i` or **bold**, _em_, ~~gone~~ and snake_case_name', 'use npm i or bold, em, gone and snake_case_name'],
    ['| a | b |\n| - | - |\n| 1 | 2 |', 'a b\n1 2'],
    ['1 \\* 2 \\_x\\_ &lt;b&gt; &amp;amp;', '1 * 2 _x_ <b> &amp;'],
    ['', ''],
  ])('%j', (markdown, plain) => {
    expect(plainText(markdown)).toBe(plain);
  });
  it('keeps the letters and digits of any ordinary words', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}]{1,12}$/u), { maxLength: 30 }), (words) => {
        expect(plainText(words.join(' '))).toBe(words.join(' '));
      }),
    );
  });
  it.each(['[', '](', '<@', '*', '_', '|', '`', '\\', '> ', '- ', '&', '<http://', '![](', '_*', '|-'])(
    'is quick with %j',
    (unit) => {
      expect(plainText(unit.repeat(50_000)).length).toBeLessThanOrEqual(unit.length * 50_000);
    },
  );
});
