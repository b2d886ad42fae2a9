import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered, isFinished, mention, shown } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
const start = async (options?: Parameters<typeof startSlackBot>[0]) => {
  bot = await startSlackBot(options);
  await bot.connect();
};
afterEach(() => bot.stop());
const ask = (text = 'when?', channel = 'C1') => bot.fake.user('U1').says(channel, mention(bot, text));
const own = () => bot.fake.messages('C1').filter(({ user }) => user === bot.fake.botUserId);

describe('a post that nobody knows the fate of', () => {
  beforeEach(() => start());

  it.each(['chat.postMessage', 'chat.startStream', 'chat.stopStream', 'chat.update'])(
    'is there once, whatever %s did before its answer was lost',
    async (method) => {
      if (method !== 'chat.startStream' && method !== 'chat.stopStream') {
        bot.fake.fail({ kind: 'error', error: 'not_allowed' }, { method: 'chat.startStream', times: 99 });
      }
      bot.fake.fail({ kind: 'cut', accepted: true }, { method });
      bot.says('At nine.');
      const { ts } = ask();
      await bot.fake.when(() =>
        bot.answers('C1', ts).some((post) => isFinished(post) && shown(post).includes('At nine.')),
      );
      await bot.respond.idle();
      expect(bot.answers('C1', ts)).toHaveLength(1);
    },
  );

  it.each([500, 503])('is tried again after HTTP %i', async (status) => {
    bot.fake.fail({ kind: 'status', status }, { method: 'chat.startStream', times: 1 });
    bot.fake.fail({ kind: 'status', status }, { method: 'chat.postMessage', times: 2 });
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    await bot.respond.idle();
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });
});

describe('what Slack does not take', () => {
  beforeEach(() => start());

  it('as blocks is posted as plain text', async () => {
    bot.fake.fail({ kind: 'error', error: 'invalid_blocks' }, { method: 'chat.stopStream' });
    bot.fake.fail({ kind: 'error', error: 'invalid_blocks' }, { method: 'chat.update' });
    bot.says('**At nine.**');
    const { ts } = ask();
    const post = await answered(bot, 'C1', ts);
    expect(post.text).toBe('*At nine.*');
    await bot.respond.idle();
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('in one piece is split, each part readable by itself', async () => {
    const code = Array.from({ length: 900 }, (_, i) => `line ${i} of the configuration`).join('\n');
    bot.says(`Here it is:\n\n\`\`\`yaml\n${code}\n\`\`\`\n\nThat is all.`);
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).filter(isFinished).length >= 3);
    await bot.respond.idle();
    const posts = bot.answers('C1', ts);
    const blocks = posts.map(({ blocks }) => blocks as { type: string; text?: string }[]);
    const texts = blocks.map((all) => all.find(({ type }) => type === 'markdown')?.text ?? '');
    for (const text of texts) expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(texts.join('\n')).toContain('line 899 of');
    expect(blocks.map((all) => all.some(({ type }) => type === 'context_actions'))).toEqual([
      ...texts.slice(1).map(() => false),
      true,
    ]);
    expect(bot.fake.violations).toEqual([]);
  });
});

describe('rate limits', () => {
  it('slow it down, and nothing is dropped', async () => {
    await start();
    bot.fake.fail({ kind: 'ratelimited', retryAfterS: 1 }, { method: 'chat.startStream', times: 9 });
    bot.fake.fail({ kind: 'ratelimited', retryAfterS: 1 }, { method: 'chat.postMessage', times: 2 });
    const { ts } = ask();
    await answered(bot, 'C1', ts);
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('are kept by itself: what comes too fast for a channel is one post each, in their turn', async () => {
    await start();
    const spots = ['one?', 'two?', 'three?'].map((text) => ask(text));
    for (const { ts } of spots) await answered(bot, 'C1', ts);
    expect(spots.map(({ ts }) => bot.answers('C1', ts).length)).toEqual([1, 1, 1]);
    expect(bot.fake.calls().filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe('a place that is gone', () => {
  beforeEach(() => start());

  it('is told to the asker, who can ask elsewhere', async () => {
    bot.scripted.hold();
    ask();
    await bot.fake.when(() => own().length === 1);
    bot.fake.change('C1', 'deleted');
    bot.scripted.step(5);
    const dm = bot.fake.dm('U1');
    await bot.fake.when(() => bot.fake.messages(dm).length > 0);
    expect(bot.fake.messages(dm)[0]?.text).toContain('I could not post my answer in <#C1>');
    await bot.respond.idle();
  });

  it('a post that somebody took away is posted anew', async () => {
    bot.fake.fail({ kind: 'error', error: 'not_allowed' }, { method: 'chat.startStream', times: 9 });
    bot.scripted.hold();
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    bot.fake.fail({ kind: 'error', error: 'message_not_found' }, { method: 'chat.update', times: 9 });
    bot.scripted.step(5);
    await answered(bot, 'C1', ts);
  });

  it('a thread whose root was deleted still gets its answer, and one whose question is gone gets none', async () => {
    bot.scripted.hold();
    const root = bot.fake.user('U2').says('C1', 'A thread');
    const said = bot.fake.user('U1').says('C1', mention(bot, 'here?'), { thread: root.ts });
    await bot.fake.when(() => bot.answers('C1', root.ts).length === 1);
    bot.fake.user('U1').deletes(said);
    bot.scripted.step(5);
    await bot.fake.when(() => bot.answers('C1', root.ts).length === 0);
    await bot.respond.idle();
    expect(bot.answers('C1', root.ts)).toEqual([]);
  });
});

describe('a token that is revoked in the middle', () => {
  it('is told to the operator; the question waits, and is answered with the next token', async () => {
    await start();
    bot.scripted.hold();
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    bot.fake.setToken('bot', 'revoked');
    bot.scripted.step(5);
    await vi.waitFor(() => expect(bot.slack.state().problem).toMatch(/set SLACK_BOT_TOKEN to the new token/));
    expect(bot.slack.state().isConnected).toBe(false);
    await bot.halt();
    bot.fake.setToken('bot', 'good');
    const before = bot;
    await start({ fake: before.fake, store: before.opened });
    await answered(bot, 'C1', ts);
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('at the start says what to do', async () => {
    bot = await startSlackBot();
    bot.fake.setToken('bot', 'revoked');
    await expect(bot.connect()).rejects.toThrow(/Slack refuses the bot's token \(token_revoked\)/);
  });
});

describe('a hostile model', () => {
  it('has its link in no post and no edit on the way, and calls nobody', async () => {
    await start();
    // What is released has been checked; what the platform makes of it must not undo that.
    bot.says(
      'Ask <@U2> or <!channel> or @here, `<!subteam^S1>` in code:\n\n```\n<!everyone>\n```\n\n![x](https://evil.example/a)',
    );
    const { ts } = ask();
    const post = await answered(bot, 'C1', ts);
    const sent = bot.fake.calls().filter(({ method }) => method.startsWith('chat.'));
    for (const { args } of sent) {
      const words = JSON.stringify(args).replaceAll('\\u2060', '\u2060');
      expect(words).not.toMatch(/<@U2>|&lt;@U2&gt;|<!(?:channel|everyone|subteam)|@here/);
      expect(words).not.toContain('![');
    }
    expect(shown(post)).toContain('code:');
    for (const { args } of bot.fake.calls('chat.postMessage')) {
      expect(args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    }
  });
});
