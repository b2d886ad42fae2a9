import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { mrkdwnToMarkdown } from '../../../src/platforms/slack/mrkdwn.ts';

describe('mrkdwn becomes Markdown', () => {
  it.each([
    ['a person', 'ask <@U123|bob> or <@W9A>', 'ask <@U123> or <@W9A>'],
    ['a channel', 'see <#C123|general> and <#C9|>', 'see <#C123> and <#C9>'],
    ['everybody', '<!here> <!channel> <!everyone|@everyone> <!group>', '@here @channel @everyone @group'],
    ['a group', '<!subteam^S1|@ops> <!subteam^S2>', '@ops @S2'],
    ['a date', '<!date^1392734382^{date} at {time}|Feb 18> <!date^0^{date}>', 'Feb 18 1970-01-01T00:00:00.000Z'],
    ['what Slack may invent', '<!new^1|label> <!other>', 'label other'],
    ['a link', '<https://x.io/a?b=1&amp;c=2|the docs>', '[the docs](https://x.io/a?b=1&c=2)'],
    ['a bare link', 'at <https://x.io>, then', 'at https://x.io, then'],
    ['a link whose label is its address', '<http://x.io/|x.io>', 'http://x.io/'],
    [
      'a link before letters, which would join it',
      '<https://x.io>这里 <https://a.b><https://c.d>',
      'https://x.io 这里 https://a.b https://c.d',
    ],
    ['a link with brackets', '<https://x.io/a)b|[x] y>', '[\\[x\\] y](https://x.io/a%29b)'],
    [
      'mail and telephone',
      '<mailto:a@b.c|a@b.c> <mailto:a@b.c|Ann> <tel:+49123|+49123>',
      'a@b.c [Ann](mailto:a@b.c) +49123',
    ],
    ['an address that nobody should click', '<javascript:alert(1)|here>', 'here'],
    ['bold, italic, struck', '*b* _i_ ~s~ *two words*', '**b** _i_ ~~s~~ **two words**'],
    ['bold links', '*<https://x.io|x>* and *<https://x.io>*', '**[x](https://x.io)** and **https://x.io**'],
    [
      'what is no markup',
      '2 * 3 * 4, a*b*c, snake_case_name, ~ 5 ~, * item',
      '2 * 3 * 4, a*b*c, snake_case_name, ~ 5 ~, * item',
    ],
    ['what is Markdown already', '**b** ~~s~~', '**b** ~~s~~'],
    ['code', 'run `a *b* &lt;c&gt; &amp;&amp; <http://x.io|x.io> <@U12>` now', 'run `a *b* <c> && x.io <@U12>` now'],
    [
      'a block of code',
      'so:\n```const a: T&lt;U&gt; = `x`;\n  *y*```\nok',
      'so:\n```\nconst a: T<U> = `x`;\n  *y*\n```\nok',
    ],
    ['a block of code within a line', 'a ```b``` c', 'a \n```\nb\n```\n c'],
    ['a block that is not closed', '```a\nb', '\\`\\`\\`a\nb'],
    ['a quote, which ends with its line', '&gt; said\nanswer', '> said\n\nanswer'],
    ['a quote of several lines', '&gt; a\n&gt; b', '> a\n> b'],
    ['a quote of all that follows', 'x\n&gt;&gt;&gt; a\nb', 'x\n> a\n> b'],
    ['entities, once', '&amp;lt; &amp;amp; a &lt; b &amp; c', '\\&lt; \\&amp; a < b & c'],
    [
      'what a person typed in angle brackets',
      '&lt;div&gt; &lt;@U123&gt; &lt;!here&gt; &lt;#C1&gt;',
      '\\<div> <\\@U123> <\\!here> <\\#C1>',
    ],
    ['what looks like a heading', '# a\nb\n---', '\\# a\nb\n\\---'],
    ['emoji', ':smile: :+1::skin-tone-2:', ':smile: :+1::skin-tone-2:'],
    ['other line ends and control characters', 'a\r\nb\u0000\u0007\uE0001\uE001c', 'a\nb1c'],
  ])('%s', (_, mrkdwn, markdown) => {
    expect(mrkdwnToMarkdown(mrkdwn)).toBe(markdown);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      ...'<!here> <!channel|x> <@U12> <https://a.b|c> <https://a.b> <! < > * ~ _ ` ``` \\ &lt; &gt; &amp; @U12 !here \n | ^'.split(
        ' ',
      ),
    ),
    fc.string({ maxLength: 4 }),
  );
  const mrkdwn = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

  it('never lets a mention of Slack through, nor one that was only typed', () => {
    fc.assert(
      fc.property(
        mrkdwn.map((text) => text.replaceAll('`', '')),
        (text) => {
          const markdown = mrkdwnToMarkdown(text);
          expect(markdown).not.toMatch(/<![^<>]*>/);
          if (!/<@U12(?:\|[^<>\n]*)?>/.test(text)) expect(markdown).not.toContain('<@U12>');
        },
      ),
    );
  });

  it('never makes HTML of what was typed', () => {
    const typed = fc.array(
      fc.constantFrom('&lt;', '&gt;', 'script', '/', '!--', 'a href="x"', ' ', '\\', '?', '&amp;'),
    );
    fc.assert(
      fc.property(typed, (pieces) => {
        const tree = fromMarkdown(mrkdwnToMarkdown(pieces.join('')));
        expect(JSON.stringify(tree)).not.toContain('"type":"html"');
      }),
    );
  });

  it('takes a time in proportion to the text, whatever is in it', () => {
    for (const part of ['*a ', '<', '`', '```', '~~', '&lt;', '<https://a|', '>>>\n', '\\', '*_~`']) {
      expect(mrkdwnToMarkdown(part.repeat(200_000 / part.length)).length).toBeGreaterThan(0);
    }
  });
});
