import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened } from '../../../../src/bots/render/shortened.ts';
import { splitMarkdown } from '../../../../src/bots/render/splitMarkdown.ts';
import { markdownToMrkdwn } from '../../../../src/bots/slack/render/mrkdwn.ts';
import { mrkdwnLink, neutraliseMentions } from '../../../../src/bots/slack/render/neutralise.ts';
import { messageOf, plainMessages, renderAnswer } from '../../../../src/bots/slack/render/renderAnswer.ts';
import { slackMarkdown } from '../../../../src/bots/slack/render/slackMarkdown.ts';
import { readVoteValue } from '../../../../src/bots/voteValue.ts';

const bare = (text: string) => text.replaceAll('\u2060', '');

describe('a mention', () => {
  it.each([
    '<@U012AB3CD>',
    '<!channel>',
    '<!here|here>',
    '<!subteam^S012|ops>',
    '<#C012|ops>',
    '@channel',
    '@Everyone',
    '`<!everyone>`',
  ])('is text only: %s', (raw) => {
    const safe = neutraliseMentions(raw);
    expect(safe).not.toMatch(/<[@#!]|@(?:channel|here|everyone)\b/i);
    expect(bare(safe)).toBe(raw);
  });

  it('never comes through, however it is put together', () => {
    const piece = fc.constantFrom('<', '@', '!', '#', 'U012', 'channel', 'here', '>', '|', '`', '&lt;', '\n', 'a', '^');
    fc.assert(
      fc.property(
        fc.array(piece).map((all) => all.join('')),
        (raw) => {
          expect(slackMarkdown(raw)).not.toMatch(/<[@#!]|@(?:channel|here|everyone)\b/i);
          expect(markdownToMrkdwn(raw)).not.toMatch(/<[@#!]|@(?:channel|here|everyone)\b/i);
        },
      ),
    );
  });

  it('is not made by growing: what was shown of an answer stays a beginning of what is shown of more', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('<@U1> ', 'a ', '[1] ', '`x` ', '@here ', '\n\n- ')), (pieces) => {
        const whole = pieces.join('');
        for (let i = 0; i < pieces.length; i++) {
          expect(slackMarkdown(whole).startsWith(slackMarkdown(pieces.slice(0, i).join('')))).toBe(true);
        }
      }),
    );
  });
});

describe('a table', () => {
  it('is shown in even columns', () => {
    const table = '| Host | Port |\n| --- | ---: |\n| db-1 | 5432 |\n| **cache** | 日本 |';
    expect(slackMarkdown(`See:\n\n${table}\n\nDone.`).split('\n')).toEqual([
      ...['See:', '', '```', 'Host  │ Port', '──────┼─────'],
      ...['db-1  │ 5432', 'cache │ 日本', '```', '', 'Done.'],
    ]);
  });

  it('that is too wide for a screen becomes a list', () => {
    const wide = `| What | Why |\n|---|---|\n| this | ${'because '.repeat(12)} |`;
    expect(slackMarkdown(wide)).toMatch(/^- \*\*What:\*\* this · \*\*Why:\*\* because/);
  });

  it('in a code block is left alone', () => {
    const code = '```\n| a | b |\n|---|---|\n```';
    expect(slackMarkdown(code)).toBe(code);
  });
});

describe('mrkdwn', () => {
  it.each([
    ['**bold** and ~~gone~~', '*bold* and ~gone~'],
    ['# Heading', '*Heading*'],
    ['[docs](https://a.example/x?a=1&b=2)', '<https://a.example/x?a=1&amp;b=2|docs>'],
    ['a < b && c', 'a &lt; b &amp;&amp; c'],
    ['- one\n- two', '• one\n• two'],
    ['```ts\nif (a < b) **x**\n```', '```\nif (a &lt; b) **x**\n```'],
    ['`a*b*`', '`a*b*`'],
  ])('%j', (markdown, expected) => expect(markdownToMrkdwn(markdown)).toBe(expected));

  it('links nothing that a browser should not follow', () => {
    expect(mrkdwnLink('file:///etc/passwd', '[1] x')).toBe('[1] x');
    expect(mrkdwnLink('javascript:alert(1)', 'x')).toBe('x');
    expect(mrkdwnLink('https://a.example/|<!channel>', 'a > b | c')).not.toMatch(/<!|\|<|> b/);
  });

  it('is cut between whole characters', () => {
    expect(shortened('😀'.repeat(10), 6).isWellFormed()).toBe(true);
    expect(shortened('abc', 6)).toBe('abc');
  });
});

describe('a long text', () => {
  it('is split into parts that fit, and nothing of it is lost', () => {
    const line = fc.constantFrom(
      '',
      'word '.repeat(9),
      '```',
      '- item',
      'x'.repeat(150),
      '~~~',
      '日本語'.repeat(20),
      '😀'.repeat(60),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 200, max: 800 }), (lines, most) => {
        const parts = splitMarkdown(lines.join('\n'), most);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
        const letters = (text: string) => text.replace(/[\s`~]/g, '');
        expect(letters(parts.join(''))).toBe(letters(lines.join('\n')));
        for (const part of parts) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('an answer', () => {
  const url = 'https://acme.slack.com/archives/C1/p1';
  const citations = Array.from({ length: 23 }, (_, i) => ({ n: i + 1, passageId: i, title: `T${i}`, url, quote: 'q' }));
  const rendering = renderAnswer(
    { status: 'answered', text: 'Yes [1].', citations, notes: ['words-only'] },
    'a-1',
    'en',
  );

  it('has its sources in context blocks of ten, its notes and the buttons', () => {
    const { blocks } = messageOf(rendering, 0);
    expect(blocks.map(({ type }) => type)).toEqual([
      'markdown',
      'context',
      'context',
      'context',
      'context',
      'context_actions',
    ]);
    expect(blocks.length).toBeLessThanOrEqual(50);
  });

  it('names itself in the buttons', () => {
    const [element] = (rendering.tail.at(-1) as { elements: { positive_button: { value: string } }[] }).elements;
    expect(readVoteValue(element?.positive_button.value ?? '')).toEqual({ vote: 'up', answerId: 'a-1' });
    expect(readVoteValue('sideways:a-1')).toBeUndefined();
    expect(readVoteValue('up:a b')).toBeUndefined();
  });

  it('says the same as plain text', () => {
    expect(plainMessages(rendering).join('\n')).toContain(`<${url}|[23] T22>`);
  });
});
