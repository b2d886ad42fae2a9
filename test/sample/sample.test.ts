import { describe, expect, it } from 'vitest';
import { readSample, type SampleMessage, type SampleRoom } from './readSample.ts';

const sample = readSample();
const rooms = [...sample.publicRooms, ...sample.privateRooms];
const personIds = new Set(sample.users.map((user) => user.id));
const everyText = [
  ...rooms.flatMap((room) => room.messages.map((m) => m.text)),
  ...sample.documents.map((d) => d.text),
];

/** What stands at a place that answers: a document, a thread, or one unthreaded message; undefined if there is none. */
function textAt(place: string): string | undefined {
  const page = sample.documents.find((document) => document.url === place);
  if (page) return page.text;
  const [channelId, rootTs] = place.split('/');
  const said = sample.publicRooms
    .find((room) => room.id === channelId)
    ?.messages.filter((message) => (message.thread_ts ?? message.ts) === rootTs);
  return said?.length ? said.map((message) => message.text).join('\n') : undefined;
}

/** When a place was last added to, in seconds since 1970. */
function newestAt(place: string): number {
  const page = sample.documents.find((document) => document.url === place);
  if (page) return Date.parse(page.updated ?? '') / 1000;
  return Number.parseFloat(place.split('/')[1] ?? '');
}

const repliesOf = (room: SampleRoom, parent: SampleMessage) =>
  room.messages.filter((message) => message.thread_ts === parent.ts && message.ts !== parent.ts);

describe('the sample space is a Slack export', () => {
  it('has a folder for every channel, group and direct message, and no other', () => {
    expect(sample.folders.sort()).toEqual(rooms.map((room) => room.folder).sort());
  });

  it('has six public channels, one of them general, and two rooms that are not for everybody', () => {
    expect(sample.publicRooms).toHaveLength(6);
    expect(sample.channels.filter((channel) => channel.is_general)).toHaveLength(1);
    expect(sample.privateRooms).toHaveLength(2);
  });

  it('has people, one bot, one guest who sees a single channel, and one who left', () => {
    const guests = sample.users.filter((user) => user.is_restricted);
    expect(sample.users.filter((user) => user.is_bot)).toHaveLength(1);
    expect(sample.users.filter((user) => user.deleted)).toHaveLength(1);
    expect(guests).toHaveLength(1);
    expect(rooms.filter((room) => room.members.includes(guests[0]?.id ?? ''))).toHaveLength(1);
  });

  describe.each(rooms)('in $folder', (room) => {
    it('every ts is unique, in order, and on the UTC day of its file', () => {
      const stamps = room.messages.map((message) => message.ts);
      expect(stamps).toEqual([...new Set(stamps)].sort());
      for (const { day, messages } of room.days) {
        for (const { ts } of messages) expect(new Date(Number.parseFloat(ts) * 1000).toISOString()).toContain(day);
      }
    });

    it('only members speak and react; a bot has its bot id', () => {
      const botIds = sample.users.map((user) => user.profile.bot_id).filter((id) => id !== undefined);
      for (const message of room.messages) {
        if (message.subtype === 'bot_message') expect(botIds).toContain(message.bot_id);
        else expect(room.members).toContain(message.user);
        for (const { users, count } of message.reactions ?? []) {
          expect(room.members).toEqual(expect.arrayContaining(users));
          expect(users).toHaveLength(count);
        }
      }
    });

    it('threads tell their replies truly, and every reply has its parent', () => {
      for (const message of room.messages) {
        const replies = repliesOf(room, message);
        expect(message.reply_count ?? 0).toBe(replies.length);
        if (replies.length > 0) {
          expect(message.thread_ts).toBe(message.ts);
          expect(message.latest_reply).toBe(replies.at(-1)?.ts);
          expect(message.reply_users).toEqual([...new Set(replies.map((reply) => reply.user))]);
          expect(message.reply_users_count).toBe(message.reply_users?.length);
          expect(message.replies).toEqual(replies.map(({ user, ts }) => ({ user, ts })));
        }
        if (message.thread_ts !== undefined && message.thread_ts !== message.ts) {
          const parent = room.messages.find((other) => other.ts === message.thread_ts);
          expect(message.parent_user_id).toBe(parent?.user);
        }
      }
    });
  });

  it('mentions only people and channels that exist, and escapes what Slack escapes', () => {
    const channelIds = sample.channels.map((channel) => channel.id);
    const control = /<(?:@(U\w+)|#(C\w+)\|[\w-]+|!here|https:[^<>|]+\|[^<>|]+|mailto:([^<>|]+)\|\3)>/g;
    for (const { text } of rooms.flatMap((room) => room.messages)) {
      for (const [, personId, channelId] of text.matchAll(control)) {
        if (personId) expect(personIds).toContain(personId);
        if (channelId) expect(channelIds).toContain(channelId);
      }
      expect(text.replace(control, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }
  });

  it('is large enough to try things, with every kind of message', () => {
    const said = sample.publicRooms.flatMap((room) => room.messages);
    expect(said.length).toBeGreaterThan(350);
    expect(said.filter((m) => m.reply_count).length).toBeGreaterThanOrEqual(45);
    expect(said.filter((m) => !m.thread_ts).length).toBeGreaterThanOrEqual(120);
    expect(new Set(said.map((m) => m.subtype))).toEqual(
      new Set([undefined, 'channel_join', 'bot_message', 'thread_broadcast']),
    );
    expect(said.some((m) => m.edited) && said.some((m) => m.files) && said.some((m) => m.text.includes('```'))).toBe(
      true,
    );
  });
});

describe('the linked documents', () => {
  it.each(sample.documents)('$file names its URL, title and date, and a message links to it', ({ url, ...rest }) => {
    expect(url).toMatch(/^https:\/\/(handbook|docs)\.tidewater\.example\//);
    expect(rest.title).toBeTruthy();
    expect(rest.updated).toMatch(/^2026-\d{2}-\d{2}$/);
    expect(sample.publicRooms.some((room) => room.messages.some((m) => m.text.includes(`<${url}|`)))).toBe(true);
  });

  it('have URLs of their own', () => {
    expect(new Set(sample.documents.map((document) => document.url)).size).toBe(sample.documents.length);
  });
});

it('no address leads anywhere: every host ends in .example, or is the own machine', () => {
  const hosts = everyText.flatMap((text) => [...text.matchAll(/https?:\/\/([^/\s|>"')]+)|\w@([\w-]+\.[\w.-]*\w)/g)]);
  expect(hosts.length).toBeGreaterThan(20);
  for (const [, host, mailHost] of hosts) expect(host ?? mailHost).toMatch(/\.example$|^localhost/);
  for (const file of rooms.flatMap((room) => room.messages.flatMap((message) => message.files ?? []))) {
    expect(new URL(file.url_private).host).toMatch(/\.example$/);
  }
});

describe('the questions', () => {
  it('are twelve in English, one in German and one in Spanish, and four that nothing answers', () => {
    expect(sample.questions).toHaveLength(14);
    expect(sample.unanswerable).toHaveLength(4);
  });

  it.each(sample.questions)('$text: each place that answers contains what the answer needs', (question) => {
    for (const place of question.answeredBy) {
      for (const needed of question.mustContain) expect(textAt(place), place).toContain(needed);
    }
  });

  it.each(sample.questions.filter((question) => question.supersedes))('$text: the newer place wins', (question) => {
    for (const old of question.supersedes ?? []) {
      expect(question.mustContain.every((needed) => textAt(old)?.includes(needed))).toBe(false);
      for (const place of question.answeredBy) expect(newestAt(place)).toBeGreaterThan(newestAt(old));
    }
  });

  it('that only private rooms could answer have their answer nowhere else', () => {
    const open = [...sample.publicRooms.flatMap((room) => room.messages), ...sample.documents];
    for (const secret of ['92k', 'sextant']) {
      expect(sample.privateRooms.some((room) => room.messages.some((m) => m.text.includes(secret)))).toBe(true);
      expect(open.some((said) => said.text.includes(secret))).toBe(false);
    }
  });
});
