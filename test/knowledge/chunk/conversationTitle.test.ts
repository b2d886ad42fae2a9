import { describe, expect, it } from 'vitest';
import { conversationTitle } from '../../../src/knowledge/chunk/conversationTitle.ts';
import type { Message } from '../../../src/knowledge/Message.ts';

const message = (text: string, files: Message['files'] = []): Message => ({
  ...{ id: '1', atUs: 0, personId: 'U1', text, files, confirmations: 0, contradictions: 0 },
});
const title = (...texts: string[]) => conversationTitle(texts.map((text) => message(text)));

describe('conversationTitle', () => {
  it.each([
    ['How do I get on the VPN from Linux? I tried a lot.', 'How do I get on the VPN from Linux?'],
    ['Hi <@U2>! Does **anybody** know [the port](https://x.example)? Thanks', 'Hi ! Does anybody know the port?'],
    ['```\nError: ENOENT\n```\nwhat is this', 'Error: ENOENT what is this'],
    ['部署失败了。怎么办?', '部署失败了。怎么办?'],
  ])('of %j is %j', (text, expected) => {
    expect(title(text)).toBe(expected);
  });
  it('has at most 80 characters and parts none of them', () => {
    expect(title('word '.repeat(50))).toBe(`${'word '.repeat(16).trim()}…`);
    expect(title(`a${'😀'.repeat(100)}`).isWellFormed()).toBe(true);
    expect(title('x'.repeat(500))).toHaveLength(80);
  });
  it('is that of the first message that says something, else the name of a file', () => {
    expect(title('', '👍', 'The build is broken again.')).toBe('The build is broken again.');
    expect(conversationTitle([message('', [{ name: 'plan.pdf' }])])).toBe('plan.pdf');
    expect(conversationTitle([])).toBe('');
  });
});
