import { describe, expect, it } from 'vitest';
import { blocksToMarkdown } from '../../../src/platforms/slack/blocks.ts';
import { readSlackMessage } from '../../../src/platforms/slack/readMessage.ts';

const text = (value: string, style = {}) => ({ type: 'text', text: value, style });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const markdownOf = (...blocks: object[]) => blocksToMarkdown(blocks).markdown;

describe('a rich_text block', () => {
  it('has people, channels, links, emoji and styles', () => {
    const block = rich(
      section(
        text('ask '),
        { type: 'user', user_id: 'U1' },
        text(' in '),
        { type: 'channel', channel_id: 'C1' },
        text(' about '),
        { type: 'link', url: 'https://x.io/a', text: 'this' },
        { type: 'emoji', name: 'smile' },
        { type: 'broadcast', range: 'here' },
        text(' now ', { bold: true, italic: true }),
        text('a `b`', { code: true }),
        text('no', { strike: true }),
      ),
    );
    expect(markdownOf(block)).toBe(
      'ask <@U1> in <#C1> about [this](https://x.io/a):smile:@here **_now_** ``a `b` ``~~no~~'.replace(
        '``a `b` ``',
        '`` a `b` ``',
      ),
    );
  });

  it('has lists, nested and counted', () => {
    const list = (style: string, indent: number, offset: number, ...items: string[]) => ({
      type: 'rich_text_list',
      style,
      indent,
      offset,
      elements: items.map((item) => section(text(item))),
    });
    expect(
      markdownOf(
        rich(section(text('do:\n')), list('bullet', 0, 0, 'a', 'b'), list('ordered', 1, 2, 'c'), section(text('then'))),
      ),
    ).toBe('do:\n\n- a\n- b\n    3. c\n\nthen');
  });

  it('has quotes and code', () => {
    const quote = { type: 'rich_text_quote', elements: [text('a\nb')] };
    const code = {
      type: 'rich_text_preformatted',
      elements: [text('x < y;\n```'), { type: 'link', url: 'https://x.io' }],
    };
    expect(markdownOf(rich(quote, code, section(text('c'))))).toBe(
      '> a\n> b\n\n````\nx < y;\n```https://x.io\n````\n\nc',
    );
  });

  it('keeps bare links apart from what follows', () => {
    const link = { type: 'link', url: 'https://x.io' };
    expect(markdownOf(rich(section(link, text('是'), link, link, text('.'))))).toBe(
      'https://x.io 是https://x.io https://x.io.',
    );
  });

  it('never joins what was typed to a mention', () => {
    expect(markdownOf(rich(section(text('<'), text('@U1>'))))).toBe('<\\@U1>');
    expect(markdownOf(rich(section(text('<!here> <b>'))))).toBe('<\\!here> \\<b>');
  });
});

describe('other blocks', () => {
  it('say what people read in them', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Title' } },
      { type: 'section', text: { type: 'mrkdwn', text: '*a* <@U1>' }, fields: [{ type: 'mrkdwn', text: 'f' }] },
      {
        type: 'context',
        elements: [
          { type: 'image', alt_text: 'logo' },
          { type: 'mrkdwn', text: 'by x' },
        ],
      },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Press' } }] },
      { type: 'divider' },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }, rich(section(text('b')))]] },
    ];
    expect(markdownOf(...blocks)).toBe('**Title**\n\n**a** <@U1>\nf\n\nlogo by x\n\na | b');
  });
});

describe('blocks and text', () => {
  const read = (fields: object) =>
    readSlackMessage({ user: 'U1', ts: '1700000000.000100', ...fields }, { channelId: 'C1' });
  const list = rich({
    type: 'rich_text_list',
    style: 'bullet',
    elements: [section(text('one')), section(text('two'))],
  });

  it('the blocks count if the text is empty, poorer, or the same without its form', () => {
    expect(read({ text: '', blocks: [list] })).toMatchObject({ text: '- one\n- two' });
    expect(read({ text: '• one\n• two', blocks: [list] })).toMatchObject({ text: '- one\n- two' });
    const said = [{ type: 'section', text: { type: 'mrkdwn', text: 'the whole story' } }];
    expect(read({ text: 'story', blocks: said })).toMatchObject({ text: 'the whole story' });
  });

  it('the text counts if it says more', () => {
    expect(read({ text: 'one, two and three, which the blocks leave out', blocks: [list] })).toMatchObject({
      text: 'one, two and three, which the blocks leave out',
    });
  });
});
