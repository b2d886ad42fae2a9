import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discordToMarkdown } from '../../../src/platforms/discord/discordMarkdown.ts';

const ann = { id: '1', names: ['Ann', 'ann_lee'] };
const annLee = { id: '2', names: ['Ann Lee', 'ann2'] };
const dollar = { id: '3', names: ['$& (x)', 'odd'] };
const convert = (text: string) => discordToMarkdown(text, [ann, annLee, dollar]);

describe("Discord's Markdown becomes ours", () => {
  it.each([
    ['emphasis stays', '**bold** *it* __under__ ~~gone~~', '**bold** *it* __under__ ~~gone~~'],
    ['people', '<@12> and <@!34>', '<@12> and <@34>'],
    ['channels and roles', '<#56>, <@&78>', '<#56>, @role'],
    ['emoji', 'good <:yes:123> <a:wave:456> 👍', 'good :yes: :wave: 👍'],
    ['times', 'at <t:1700000000:R>', 'at 2023-11-14T22:13:20.000Z'],
    ['commands', 'type </help:123>', 'type /help'],
    ['links without a preview', 'see <https://x.io/a_b>', 'see https://x.io/a_b'],
    ['spoilers', 'he ||dies||, || a | b ||', 'he dies,  a | b '],
    ['headings and subtext', '# Title\n-# small\n#tag', '**Title**\nsmall\n#tag'],
    ['quotes', '> said\nanswer', '> said\n\nanswer'],
    ['quotes to the end', 'so:\n>>> one\ntwo', 'so:\n> one\n> two'],
    ['code', 'run `a <b>` now', 'run `a <b>` now'],
    ['code blocks', 'x```js\nlet a = "<@12>";\n```y', 'x\n```js\nlet a = "<@12>";\n```\ny'],
    ['code blocks on a line', '```rm -rf```', '```\nrm -rf\n```'],
    ['tags, as they were typed', '<b>x</b> a<b 1 < 2 <3', '\\<b>x\\</b> a\\<b 1 < 2 <3'],
    ['entities, as they were typed', '&lt;', '\\&lt;'],
    ['mentions that are none', '<@abc> <#x>', '\\<@abc> \\<#x>'],
    ['rules, which would make a heading', 'a\n---', 'a\n\\---'],
  ])('%s', (_, raw, expected) => {
    expect(convert(raw)).toBe(expected);
  });
});

describe('a mention that an export wrote as a name', () => {
  it.each([
    ['is one again', 'hey @Ann!', 'hey <@1>!'],
    ['by the longest name', '@Ann Lee and @Ann', '<@2> and <@1>'],
    ['by the user name too', '@ann_lee', '<@1>'],
    ['only as a whole word', '@Annabel mail@Ann', '@Annabel mail@Ann'],
    ['not in code', '`@Ann`', '`@Ann`'],
    ['whatever the name is made of', '@$& (x) here', '<@3> here'],
    ['and nobody else', '@everyone @Bob', '@everyone @Bob'],
  ])('%s', (_, raw, expected) => {
    expect(convert(raw)).toBe(expected);
  });
});

it('never throws, and leaves none of its own marks, whatever the text', () => {
  const scraps = fc.constantFrom(
    ...['`', '``', '```', '||', '|', '<', '>', '@', '#', '<@1>', '<t:9999999999999>', '<t:1>', '@Ann', '> ', '>>> '],
    ...['\n', ' ', '\\', '&amp;', '\uE0000\uE001', '-# ', '# ', 'word', '😀', '\uD800'],
  );
  fc.assert(
    fc.property(fc.array(scraps, { maxLength: 40 }), (parts) => {
      expect(convert(parts.join(''))).not.toMatch(/[\uE000\uE001]/);
    }),
    { numRuns: 500 },
  );
});

it('takes linear time for what looks like markup', () => {
  for (const hostile of ['`', '||', '<', '<@', '```', '> ', '@Ann ', '| ']) {
    expect(convert(hostile.repeat(30_000)).length).toBeGreaterThan(10_000);
  }
});
