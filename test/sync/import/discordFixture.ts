import type { Files } from './makeArchives.ts';

/** Ids as Discord gives them: strings of digits that no double can hold. */
export const guild = '811111111111111111';
export const general = '822222222222222201';
export const forum = '822222222222222202';
export const staff = '822222222222222203';
export const post = '833333333333333301';
export const ann = '844444444444444401';
export const bob = '844444444444444402';
export const cyd = '844444444444444403';
const robot = '844444444444444409';

const names: Readonly<Record<string, string>> = { [ann]: 'Ann Lee', [bob]: 'Bob', [cyd]: 'Cyd', [robot]: 'Helper' };

export const user = (id: string, more: object = {}) => ({
  id,
  name: (names[id] ?? id).toLowerCase().replace(' ', '_'),
  discriminator: '0000',
  nickname: names[id] ?? null,
  color: null,
  isBot: id === robot,
  roles: [],
  avatarUrl: 'https://cdn.discordapp.com/embed/avatars/0.png',
  ...more,
});

/** A message as DiscordChatExporter writes it; said at `minute` past noon. */
export const said = (id: string, author: string, content: string, more: object = {}) => ({
  id,
  type: 'Default',
  timestamp: `2024-05-01T12:${id.slice(-2)}:03.123+02:00`,
  timestampEdited: null,
  callEndedTimestamp: null,
  isPinned: false,
  content,
  author: user(author),
  attachments: [],
  embeds: [],
  stickers: [],
  reactions: [],
  mentions: [],
  inlineEmojis: [],
  ...more,
});

export const channel = (id: string, name: string, more: object = {}) => ({
  id,
  type: 'GuildTextChat',
  categoryId: '855555555555555501',
  category: 'Text Channels',
  name,
  topic: null,
  ...more,
});

/** A file of an export, members in the order in which DiscordChatExporter writes them. */
export const exported = (of: object, messages: readonly object[], more: object = {}) => ({
  guild: { id: guild, name: 'Acme Guild', iconUrl: 'https://cdn.discordapp.com/icons/1/2.png' },
  channel: of,
  dateRange: { after: null, before: null },
  exportedAt: '2024-06-01T00:00:00+00:00',
  ...more,
  messages,
  messageCount: messages.length,
});

const reaction = (name: string, count: number, by: readonly string[]) => ({
  emoji: { id: '', name, code: 'x_code', isAnimated: false, imageUrl: '' },
  count,
  users: by.map((id) => user(id)),
});

/** A small server: a channel, a thread begun from a message in it, a forum post, a private thread. */
export const smallGuild: Files = {
  'Acme - general [822222222222222201].json': exported(channel(general, 'general'), [
    said('900000000000000001', ann, 'How do we reach the VPN? @Bob', { mentions: [user(bob)] }),
    said('900000000000000002', bob, 'Use **vpn.acme.io**, see <https://wiki.acme.io/vpn>', {
      type: 'Reply',
      reference: { messageId: '900000000000000001', channelId: general, guildId: guild },
      reactions: [reaction('👍', 2, [ann, bob]), reaction('❌', 1, [cyd])],
    }),
    said('900000000000000003', bob, 'Started a thread.', { type: 'ThreadCreated' }),
    said('900000000000000004', robot, 'beep'),
    said('900000000000000005', ann, '', {
      attachments: [
        {
          id: '1',
          url: 'https://cdn.discordapp.com/attachments/1/2/plan.pdf?ex=1&hm=abc',
          fileName: 'plan.pdf',
          fileSizeBytes: 3,
        },
      ],
    }),
  ]),
  'Acme - general - vpn on phones [900000000000000002].json': exported(
    channel('900000000000000002', 'vpn on phones', {
      type: 'GuildPublicThread',
      categoryId: general,
      category: 'general',
    }),
    [
      said('900000000000000006', cyd, '', {
        type: '21',
        reference: { messageId: '900000000000000002', channelId: general },
      }),
      said('900000000000000007', cyd, 'And on a phone?'),
      said('900000000000000008', bob, 'With the app.'),
    ],
  ),
  'Acme - help - printer [833333333333333301].json': exported(
    channel(post, 'Printer says PC LOAD LETTER', { type: 'GuildPublicThread', categoryId: forum, category: 'help' }),
    [said(post, ann, 'What does that mean?'), said('900000000000000009', bob, 'Paper is out.')],
  ),
  'Acme - general - raise [822222222222222203].json': exported(
    channel(staff, 'raise', { type: 'GuildPrivateThread', categoryId: general, category: 'general' }),
    [
      said('900000000000000010', ann, 'Added a recipient.', { type: 'RecipientAdd', mentions: [user(cyd)] }),
      said('900000000000000011', ann, 'A secret about @Bob', { mentions: [user(bob)] }),
    ],
  ),
};
