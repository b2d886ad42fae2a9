import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/knowledge/Message.ts';
import type { DiscordContext, DiscordMessage } from '../../../src/platforms/discord/DiscordMessage.ts';
import { readExportedMessage } from '../../../src/platforms/discord/readMessage.ts';
import { readMovement } from '../../../src/platforms/discord/readMovement.ts';

const context: DiscordContext = { guildId: '7', channelId: '70' };
const author = { id: '1', name: 'ann_lee', nickname: 'Ann', isBot: false };
const bob = { id: '2', name: 'bob', nickname: null, isBot: false };
const raw = (more: object = {}) => ({
  id: '1236300000000000000',
  type: 'Default',
  timestamp: '2024-05-01T12:34:56.789+00:00',
  content: 'hello',
  author,
  ...more,
});
const read = (more: object = {}, at: Partial<DiscordContext> = {}) =>
  readExportedMessage(raw(more), { ...context, ...at });
const message = (more: object = {}, at: Partial<DiscordContext> = {}): DiscordMessage => {
  const found = read(more, at).message;
  if ('skipped' in found) throw new Error(`skipped: ${found.skipped}`);
  return found;
};

describe('a message of an export', () => {
  it('is one of ours', () => {
    // The compiler compares the two shapes.
    const ours: Message = message();
    expect(ours).toEqual({
      id: '1236300000000000000',
      atUs: Date.UTC(2024, 4, 1, 12, 34, 56, 789) * 1_000,
      personId: '1',
      text: 'hello',
      files: [],
      confirmations: 0,
      contradictions: 0,
      permalink: 'https://discord.com/channels/7/70/1236300000000000000',
    });
  });

  it.each([
    ['2024-05-01T12:34:56.789+02:00', Date.UTC(2024, 4, 1, 10, 34, 56) * 1_000 + 789_000],
    ['2024-05-01T12:34:56.7891234-05:30', Date.UTC(2024, 4, 1, 18, 4, 56) * 1_000 + 789_123],
    ['2024-05-01T12:34:56Z', Date.UTC(2024, 4, 1, 12, 34, 56) * 1_000],
  ])('is said when it says, to the microsecond: %s', (timestamp, atUs) => {
    expect(message({ timestamp }).atUs).toBe(atUs);
  });

  it('answers the message that it is a reply to, if that is in the same place', () => {
    const reply = (reference: object, type = 'Reply') => message({ type, reference }).replyTo;
    expect(reply({ messageId: '5', channelId: '70', guildId: '7' })).toBe('5');
    expect(reply({ messageId: '5' })).toBe('5');
    expect(reply({ messageId: '5', channelId: '71' })).toBeUndefined();
    expect(reply({ messageId: null, channelId: '70' })).toBeUndefined();
    expect(reply({ messageId: '5', channelId: '70' }, 'Default')).toBeUndefined();
  });

  it('in a thread belongs to it; the title of a post stands before its first message', () => {
    const thread = { name: 'Printer *down*' };
    expect(message({}, { thread })).toMatchObject({ threadId: '70', text: 'hello' });
    expect(message({ id: '70' }, { thread })).toMatchObject({
      threadId: '70',
      text: '**Printer \\*down\\***\n\nhello',
    });
  });

  it('has its files by name, without the signature that opens them', () => {
    const attachments = [
      { id: '1', url: 'https://cdn.discordapp.com/attachments/1/2/a.pdf?ex=1&is=2&hm=3', fileName: 'a.pdf' },
      { id: '2', url: 'export.json_Files/b-0A1B2.png', fileName: 'b.png' },
      { id: '3', url: 'javascript:alert(1)', fileName: 'c' },
    ];
    expect(message({ content: '', attachments }).files).toEqual([
      { name: 'a.pdf', url: 'https://cdn.discordapp.com/attachments/1/2/a.pdf' },
      { name: 'b.png' },
      { name: 'c' },
    ]);
  });

  it('counts who confirmed and who contradicted it, each once, and not its author', () => {
    const reaction = (name: string, count: number, users: object[] = [], id = '') => ({
      emoji: { id, name, code: '' },
      count,
      users,
    });
    const counted = (...reactions: object[]) => {
      const { confirmations, contradictions } = message({ reactions });
      return [confirmations, contradictions];
    };
    expect(counted(reaction('👍', 2, [author, bob]), reaction('✅', 1, [bob]))).toEqual([1, 0]);
    expect(counted(reaction('👍🏽', 3), reaction('❌', 2), reaction('🎉', 9))).toEqual([3, 2]);
    expect(counted(reaction('✔️', 1), reaction('👎🏿', 1))).toEqual([1, 1]);
    expect(counted(reaction('white_check_mark', 4, [], '99'))).toEqual([4, 0]);
  });

  it('quotes the preview of a linked page, short', () => {
    const embeds = [{ title: 'VPN guide', url: 'https://x.io/vpn', description: 'long '.repeat(200), fields: [] }];
    const { text } = message({ content: 'https://x.io/vpn', embeds });
    expect(text).toMatch(/^https:\/\/x\.io\/vpn\n\n> \[VPN guide\]\(https:\/\/x\.io\/vpn\): long long/);
    expect(text.length).toBeLessThan(400);
  });

  it('forwards a link, not the words of another place', () => {
    const reference = { type: 'Forward', messageId: '5', channelId: '71', guildId: '7' };
    const { text } = message({ content: '', reference, forwardedMessage: { content: 'a secret' } });
    expect(text).toBe('https://discord.com/channels/7/71/5');
  });

  it('of direct conversations opens there', () => {
    expect(message({}, { guildId: '0' }).permalink).toBe('https://discord.com/channels/@me/70/1236300000000000000');
  });
});

describe('what is no message of a person', () => {
  const robot = { ...author, isBot: true };
  it.each([
    ['a pin', { type: 'ChannelPinnedMessage', content: 'Pinned a message.' }, 'notice'],
    ['a type that comes after us', { type: '46' }, 'notice'],
    ['a bot', { author: robot }, 'bot'],
    ['a sticker', { content: '', stickers: [{ name: 'x' }] }, 'empty'],
    ['no time', { timestamp: 'yesterday' }, 'unreadable'],
    ['an id that lost its digits', { id: 1.2363e18 }, 'unreadable'],
    ['no author', { author: null }, 'unreadable'],
  ])('is skipped: %s', (_, more, skipped) => {
    expect(read(more).message).toEqual({ skipped });
  });

  it('bots are taken in where they are wanted, with all that they embed', () => {
    const embeds = [
      {
        title: 'Build 7',
        url: 'https://ci.io/7',
        description: 'failed in **test**',
        fields: [{ name: 'Branch', value: 'main' }],
      },
    ];
    expect(message({ author: robot, content: '', embeds }, { includeBots: true }).text).toBe(
      '[Build 7](https://ci.io/7)\nfailed in **test**\nBranch: main',
    );
  });
});

describe('who is named', () => {
  it('by the name in the server, else their own', () => {
    const reactions = [{ emoji: { id: '', name: '🎉' }, count: 1, users: [{ ...bob, id: '3', nickname: 'Cyd' }] }];
    expect(read({ mentions: [bob], reactions }).people).toEqual([
      { id: '1', name: 'Ann', handle: 'ann_lee', isBot: false, isGuest: false },
      { id: '2', name: 'bob', handle: 'bob', isBot: false, isGuest: false },
      { id: '3', name: 'Cyd', handle: 'bob', isBot: false, isGuest: false },
    ]);
  });
  it('and who came and went: by writing, by being added or removed; not by being mentioned', () => {
    expect(readMovement(raw({ mentions: [bob] }))).toEqual({ joined: ['1'], left: [] });
    expect(readMovement(raw({ type: 'RecipientAdd', mentions: [bob] }))).toEqual({ joined: ['1', '2'], left: [] });
    expect(readMovement(raw({ type: 'RecipientRemove', mentions: [bob] }))).toEqual({ joined: [], left: ['2'] });
  });
});

it('never throws, whatever it is', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(readExportedMessage(anything, context).message).toEqual({ skipped: 'unreadable' });
      expect(readMovement(anything)).toEqual({ joined: [], left: [] });
    }),
  );
  const fields = fc.record(
    Object.fromEntries(
      ['type', 'content', 'attachments', 'embeds', 'reactions', 'mentions', 'reference'].map((key) => [
        key,
        fc.anything(),
      ]),
    ),
  );
  fc.assert(
    fc.property(fields, (odd) => {
      expect(read(odd)).toMatchObject({ message: expect.anything() });
    }),
  );
});
