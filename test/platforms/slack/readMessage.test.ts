import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/knowledge/Message.ts';
import { readSlackMessage } from '../../../src/platforms/slack/readMessage.ts';
import type { SlackContext, SlackMessage } from '../../../src/platforms/slack/SlackMessage.ts';

const context: SlackContext = { channelId: 'C1', teamId: 'T1', domain: 'acme' };
const plain = { type: 'message', user: 'U1', ts: '1700000000.000100', text: 'hello' };

function read(fields: object, more: Partial<SlackContext> = {}): SlackMessage {
  const reading = readSlackMessage({ ...plain, ...fields }, { ...context, ...more });
  if ('skipped' in reading) throw new Error(`skipped: ${reading.skipped}`);
  return reading;
}
const skipped = (fields: object, more: Partial<SlackContext> = {}) =>
  readSlackMessage({ ...plain, ...fields }, { ...context, ...more });

describe('a Slack message', () => {
  it('is read into the shape that knowledge takes', () => {
    const message: Message = read({});
    expect(message).toEqual({
      id: '1700000000.000100',
      atUs: 1_700_000_000_000_100,
      personId: 'U1',
      text: 'hello',
      files: [],
      confirmations: 0,
      contradictions: 0,
      permalink: 'https://acme.slack.com/archives/C1/p1700000000000100',
    });
  });

  it('keeps its time to the microsecond, also when the ts went through a number', () => {
    expect(read({ ts: '1433569612.999999' }).atUs).toBe(1_433_569_612_999_999);
    expect(read({ ts: 1433569612.00001 })).toMatchObject({ id: '1433569612.000010', atUs: 1_433_569_612_000_010 });
  });

  it.each(['', 'x', '1e9', '-1.0', '0.000000', '99999999999.000000', '9999999999.000000', null, {}])(
    'is not read with the ts %j',
    (ts) => expect(skipped({ ts })).toEqual({ skipped: 'unreadable' }),
  );

  it('belongs to a thread if it has replies, or is one', () => {
    expect(read({})).not.toHaveProperty('threadId');
    expect(read({ reply_count: 2 }).threadId).toBe(plain.ts);
    expect(read({ thread_ts: plain.ts }).threadId).toBe(plain.ts);
    expect(read({ thread_ts: '1690000000.000200' }).threadId).toBe('1690000000.000200');
  });

  it('links to itself in a way that opens for people', () => {
    const reply = { thread_ts: '1690000000.000200' };
    expect(read(reply).permalink).toBe(
      'https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1690000000.000200&cid=C1',
    );
    const { domain: _, ...noDomain } = context;
    const at = (fields: object, place: SlackContext) => readSlackMessage({ ...plain, ...fields }, place);
    expect(at({}, noDomain)).toMatchObject({ permalink: 'https://app.slack.com/client/T1/C1/p1700000000000100' });
    expect(at(reply, noDomain)).toMatchObject({
      permalink: 'https://app.slack.com/client/T1/C1/thread/C1-1690000000.000200',
    });
    expect(at({}, { channelId: 'C1' })).toMatchObject({ permalink: 'https://slack.com/archives/C1/p1700000000000100' });
  });

  it('says when it was edited', () => {
    expect(read({ edited: { user: 'U1', ts: '1700000001.000000' } }).editedAtUs).toBe(1_700_000_001_000_000);
    expect(read({ edited: true })).not.toHaveProperty('editedAtUs');
  });

  it('counts the people who confirm or contradict it, each once and not the author', () => {
    const reactions = [
      { name: 'white_check_mark', users: ['U1', 'U2'], count: 2 },
      { name: '+1::skin-tone-3', users: ['U2', 'U3'], count: 2 },
      { name: 'tada', users: ['U7'], count: 1 },
      { name: 'x', users: ['U4', 'U4'], count: 1 },
      { name: 5, users: 'U5' },
    ];
    expect(read({ reactions })).toMatchObject({ confirmations: 2, contradictions: 1 });
    expect(read({ reactions: [{ name: '100', users: ['U2'], count: 40 }] }).confirmations).toBe(40);
  });
});

describe('what is no message of people is skipped', () => {
  it.each(
    'channel_join channel_leave channel_topic channel_purpose channel_name channel_archive group_join pinned_item bot_add reminder_add huddle_thread something_new'.split(
      ' ',
    ),
  )('%s is a notice', (subtype) => expect(skipped({ subtype })).toEqual({ skipped: 'notice' }));

  it.each(['me_message', 'thread_broadcast', 'file_share', 'file_comment'])('%s is kept', (subtype) => {
    expect(read({ subtype }).text).toBe('hello');
  });

  it('bots are skipped, unless they are asked for', () => {
    const bot = { subtype: 'bot_message', user: undefined, bot_id: 'B1' };
    expect(skipped(bot)).toEqual({ skipped: 'bot' });
    expect(read(bot, { includeBots: true }).personId).toBe('B1');
    expect(skipped({ bot_id: 'B1' })).toEqual({ skipped: 'bot' });
    expect(skipped({ user: 'U9' }, { isBot: () => true })).toEqual({ skipped: 'bot' });
  });

  it('but a person who speaks through an app is a person', () => {
    expect(read({ bot_id: 'B1' }, { isBot: () => false }).personId).toBe('U1');
    expect(read({ bot_id: null }).personId).toBe('U1');
  });

  it('a deleted message comes without its words', () => {
    const emptied = { id: plain.ts, text: '', files: [], threadId: plain.ts };
    expect(skipped({ subtype: 'tombstone', hidden: true, thread_ts: plain.ts })).toMatchObject({
      skipped: 'deleted',
      emptied,
    });
    const event = {
      subtype: 'message_deleted',
      ts: '1700000009.000000',
      deleted_ts: plain.ts,
      previous_message: { ...plain, thread_ts: plain.ts },
    };
    expect(skipped(event)).toMatchObject({ skipped: 'deleted', emptied });
    const changed = { subtype: 'message_changed', message: { ...plain, subtype: 'tombstone', thread_ts: plain.ts } };
    expect(skipped(changed)).toMatchObject({ skipped: 'deleted', emptied });
  });

  it('a changed message is read as it is now', () => {
    const event = {
      subtype: 'message_changed',
      hidden: true,
      ts: '1700000009.000000',
      message: { ...plain, text: 'new' },
    };
    expect(read(event)).toMatchObject({ id: plain.ts, text: 'new' });
    expect(skipped({ ...event, message: event })).toEqual({ skipped: 'unreadable' });
  });

  it('nor is one with nothing in it, or hidden', () => {
    expect(skipped({ text: ' ' })).toEqual({ skipped: 'empty' });
    expect(skipped({ hidden: true })).toEqual({ skipped: 'hidden' });
    expect(skipped({ type: 'reaction_added' })).toEqual({ skipped: 'unreadable' });
  });
});

describe('files', () => {
  it('are named, with a link that carries no token', () => {
    const files = [
      {
        name: 'a.png',
        permalink: 'https://acme.slack.com/files/U1/F1/a.png',
        url_private: 'https://files.slack.com/x?t=xoxe-1',
      },
      { title: 'b', url_private: 'https://files.slack.com/files-pri/T1-F2/b?t=xoxe-1' },
      { name: 'c', permalink: 'javascript:alert(1)' },
      { name: 'gone', mode: 'tombstone' },
      { mode: 'hidden_by_limit' },
      7,
    ];
    expect(read({ text: '', files }).files).toEqual([
      { name: 'a.png', url: 'https://acme.slack.com/files/U1/F1/a.png' },
      { name: 'b', url: 'https://files.slack.com/files-pri/T1-F2/b' },
      { name: 'c' },
    ]);
  });

  it('of old exports lose the words that only tell of them', () => {
    const file = { name: 'a.png', user: 'U3' };
    const text = '<@U1> uploaded a file: <https://acme.slack.com/files/a/F1/a.png|A> and commented: look';
    expect(read({ subtype: 'file_share', file, text })).toMatchObject({ text: 'look', files: [{ name: 'a.png' }] });
    const comment = { user: 'U2', comment: 'nice <@U1>' };
    const said = {
      subtype: 'file_comment',
      user: undefined,
      file,
      comment,
      text: "<@U2> commented on <@U1>'s file <x|A>: nice",
    };
    expect(read(said)).toMatchObject({ personId: 'U2', text: 'nice <@U1>' });
  });
});

describe('attachments', () => {
  it('of apps are part of what is said', () => {
    const attachments = [
      {
        pretext: 'Deploy',
        title: 'v2',
        title_link: 'https://x.io/v2',
        text: '*done*',
        fields: [{ title: 'By', value: '<@U2>' }],
      },
      { fallback: 'only this' },
    ];
    expect(read({ text: 'new', attachments }).text).toBe(
      'new\n\nDeploy\n[v2](https://x.io/v2)\n**done**\nBy: <@U2>\n\nonly this',
    );
  });

  it('of linked pages are quoted and short', () => {
    const attachments = [{ from_url: 'https://x.io/p', title: 'Page', text: 'word '.repeat(500) }];
    const { text } = read({ text: '<https://x.io/p>', attachments });
    expect(text).toMatch(/^https:\/\/x.io\/p\n\n> \[Page\]\(https:\/\/x.io\/p\): word word .* …$/);
    expect(text.length).toBeLessThan(400);
  });

  it('never copy another message, which has its own readers', () => {
    const url = 'https://acme.slack.com/archives/C9/p1';
    const attachments = [{ from_url: url, is_msg_unfurl: true, channel_id: 'C9', text: 'secret', fallback: 'secret' }];
    expect(read({ text: `<${url}>`, attachments }).text).toBe(url);
    expect(read({ text: 'shared', attachments }).text).toBe(`shared\n\n${url}`);
  });
});

describe('whatever comes', () => {
  it('it never throws, and never lets a mention of Slack through', () => {
    const keys =
      'text ts type subtype user blocks attachments files file elements style url name fields reactions message'.split(
        ' ',
      );
    const leaf = fc.oneof(
      fc.constantFrom(
        '<!here>',
        'message',
        'rich_text',
        'rich_text_section',
        'rich_text_list',
        'section',
        'mrkdwn',
        'text',
        'link',
        'user',
        '1700000000.000100',
        'U1',
        'message_changed',
        'tombstone',
      ),
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('json'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(json, (raw) => {
        for (const value of [
          raw,
          { ...plain, blocks: [raw] },
          { ...plain, attachments: [raw] },
          { ...plain, ...(raw as object) },
        ]) {
          const reading = readSlackMessage(value, context);
          if (!('skipped' in reading)) expect(reading.text).not.toMatch(/<!here>/);
        }
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.jsonValue(), (raw) => void readSlackMessage(raw, context)));
  });

  it('a missing author is said to be unknown, a text that is no text is none', () => {
    expect(read({ user: undefined }).personId).toBe('unknown');
    expect(read({ text: 42 }).text).toBe('42');
    expect(skipped({ text: { a: 1 } })).toEqual({ skipped: 'empty' });
  });
});
