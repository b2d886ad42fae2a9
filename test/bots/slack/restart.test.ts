import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered, isFinished, mention, shown } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
beforeEach(async () => {
  bot = await startSlackBot();
  await bot.connect();
});
afterEach(() => bot.stop());

const ask = () => bot.fake.user('U1').says('C1', mention(bot, 'when?'));

/** The process ends at this moment, and another one begins with what is on disk. */
async function restart(text = 'At nine.') {
  await bot.halt();
  const before = bot;
  bot = await startSlackBot({ fake: before.fake, store: before.opened });
  bot.says(text);
  await bot.connect();
}

async function expectOne(ts: string, text = 'At nine.') {
  await bot.fake.when(() => bot.answers('C1', ts).some((post) => isFinished(post) && shown(post).includes(text)));
  await bot.respond.idle();
  expect(bot.answers('C1', ts)).toHaveLength(1);
}

describe('after the process ended', () => {
  it('with the sign shown, the answer comes in its place', async () => {
    bot.scripted.hold();
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    await restart();
    await expectOne(ts);
  });

  it('with half of it streamed, the rest replaces it', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['Half of '] });
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    bot.scripted.step();
    await bot.fake.when(() => shown(bot.answers('C1', ts)[0]).includes('Half of '));
    await restart();
    await expectOne(ts);
    expect(shown(bot.answers('C1', ts)[0])).not.toContain('Half of');
  });

  it('between Slack’s taking the sign and our noting it, it is found by Slack', async () => {
    bot.scripted.hold();
    const { ts } = ask();
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    const [sign] = bot.answers('C1', ts);
    await bot.halt();
    await bot.store.posts.remove({ platform: 'slack', channelId: 'C1', messageId: sign?.ts ?? '' });
    await restart();
    await expectOne(ts);
  });

  it('between Slack’s taking the answer and our noting it, nothing is posted again', async () => {
    bot.says('At nine.');
    const { ts } = ask();
    const post = await answered(bot, 'C1', ts);
    await bot.respond.idle();
    await bot.halt();
    await bot.store.posts.remove({ platform: 'slack', channelId: 'C1', messageId: post.ts });
    const id = `slack:${bot.fake.teamId}:C1:${ts}:${ts}`;
    await bot.store.inbox.accept({ id: `again ${id}`, platform: 'slack', payload: questionOf(id, ts) });
    const before = bot.fake.calls().filter(({ method }) => /chat\.(post|start|update)/.test(method)).length;
    await restart('Something else.');
    await bot.respond.idle();
    expect(bot.fake.calls().filter(({ method }) => /chat\.(post|start|update)/.test(method))).toHaveLength(before);
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('with the event stored and nothing done, the question is answered', async () => {
    const { ts } = bot.fake.user('U1').says('C1', 'unheard');
    await bot.halt();
    const event = {
      ...{ type: 'app_mention', user: 'U1', channel: 'C1', ts, event_ts: ts },
      text: mention(bot, 'when?'),
    };
    const body = { type: 'event_callback', event_id: 'EvStored', team_id: bot.fake.teamId, event };
    await bot.store.inbox.accept({ id: 'slack:EvStored', platform: 'slack:event', payload: JSON.stringify(body) });
    await restart();
    await expectOne(ts);
  });

  it('with the question deleted meanwhile, nobody is answered', async () => {
    bot.scripted.hold();
    const said = ask();
    await bot.fake.when(() => bot.answers('C1', said.ts).length === 1);
    await bot.halt();
    const [sign] = bot.answers('C1', said.ts);
    await bot.store.posts.remove({ platform: 'slack', channelId: 'C1', messageId: sign?.ts ?? '' });
    bot.fake.channel('C1').messages.delete(sign?.ts ?? '');
    bot.fake.user('U1').deletes(said);
    await restart();
    await bot.respond.idle();
    expect(bot.fake.messages('C1').filter(({ user }) => user === bot.fake.botUserId)).toEqual([]);
  });

  it('with a private question open, its asker is answered once', async () => {
    bot.scripted.hold();
    await bot.fake.user('U1').runs('/backscroll', 'ask when?', 'C1');
    await restart();
    await bot.fake.when(() => bot.fake.ephemerals('U1').some((one) => shown(one).includes('At nine.')));
    await bot.respond.idle();
    expect(bot.fake.ephemerals('U1').filter((one) => shown(one).includes('At nine.'))).toHaveLength(1);
  });
});

function questionOf(id: string, ts: string): string {
  const space = `slack:${bot.fake.teamId}`;
  return JSON.stringify({
    ...{ id, platform: 'slack', personId: 'U1', channelId: 'C1', threadId: ts, text: 'when?', atMs: 1, history: [] },
    reader: { kind: 'place', space, channelId: 'C1' },
  });
}
