import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answered, isFinished, mention, shown } from './helpers.ts';
import { type DiscordBot, startDiscordBot } from './startDiscordBot.ts';

let bot: DiscordBot;
beforeEach(async () => {
  bot = await startDiscordBot();
  await bot.connect();
});
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

const asked = () => bot.scripted.requests.map(({ question, reader }) => ({ question, reader }));
const place = (channelId: string) => ({ kind: 'place', space: `discord:${bot.office.guild}`, channelId });

describe('/ask', () => {
  it('is deferred at once and answered once, with its sources and a way to vote', async () => {
    const url = 'https://discord.com/channels/1/2/3';
    bot.says('Set `MTU = 1380` [1].', {
      citations: [{ n: 1, passageId: 1, title: '#ops · VPN on Linux', url, quote: 'Set MTU' }],
    });
    const it = bot.asks('why is my VPN slow?');
    await it.answered;
    expect(it.answer).toMatchObject({ type: 5 });
    const answer = await answered(bot, bot.office.ops);
    expect(bot.ofBot(bot.office.ops)).toHaveLength(1);
    expect(answer.content).toBe('Set `MTU = 1380` [1].');
    expect(shown(answer)).toContain(url);
    expect(shown(answer)).toContain('vote:up:');
    expect(asked()).toEqual([{ question: 'why is my VPN slow?', reader: place(bot.office.ops) }]);
  });

  it('is streamed by edits', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['First. ', 'Second.'] });
    const it = bot.asks('what now?');
    await it.answered;
    bot.scripted.step();
    await bot.fake.when(() => it.reply()?.content.includes('First.') ?? false);
    expect(isFinished(it.reply())).toBe(false);
    bot.scripted.step(2);
    expect((await answered(bot, bot.office.ops)).content).toBe('First. Second.');
  });

  it('in private is seen by its asker alone, and rests on what they may read', async () => {
    bot.says('Only for you.');
    bot.asks('how much is left?', { private: true });
    await bot.fake.when(() => bot.fake.ephemerals(bot.office.mara).some(isFinished));
    expect(bot.ofBot(bot.office.ops)).toEqual([]);
    expect(asked()[0]?.reader).toEqual({
      kind: 'person',
      space: `discord:${bot.office.guild}`,
      personId: bot.office.mara,
    });
  });

  it('goes on past 2,000 characters without breaking code', async () => {
    const code = `\`\`\`sh\n${'echo "a line of a long script"\n'.repeat(90)}\`\`\``;
    bot.says(`Run this:\n\n${code}\n\nThen restart.`);
    bot.asks('how?');
    await answered(bot, bot.office.ops);
    const posts = bot.ofBot(bot.office.ops);
    expect(posts.length).toBeGreaterThan(1);
    for (const { content } of posts) {
      expect(content.length).toBeLessThanOrEqual(2_000);
      expect(content.match(/```/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
    }
    expect(posts.filter(isFinished)).toHaveLength(1);
  });

  it('calls nobody, whatever the answer says', async () => {
    bot.says(`@everyone <@${bot.office.tom}> <@&${bot.office.boardRole}> look`);
    bot.asks('who?');
    const post = await answered(bot, bot.office.ops);
    expect(post.mentions).toEqual([]);
    expect(post.mentionEveryone).toBe(false);
    const bodies = bot.fake
      .calls()
      .filter(({ body }) => (body as { content?: unknown } | undefined)?.content !== undefined);
    expect(bodies.length).toBeGreaterThan(0);
    for (const { body } of bodies) expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  it('offers the sources that the asker may read, and no others', async () => {
    const own = bot.fake.user(bot.office.mara).completes('ask', 'source', 'b', bot.office.ops);
    await own.answered;
    expect(own.choices().map(({ name }) => name)).toContain('#board');
    const other = bot.fake.user(bot.office.tom).completes('ask', 'source', 'b', bot.office.ops);
    await other.answered;
    expect(other.choices().map(({ name }) => name)).not.toContain('#board');
  });

  it('is answered from one source when one was chosen', async () => {
    const chosen = bot.fake.user(bot.office.mara).completes('ask', 'source', 'ops', bot.office.ops);
    await chosen.answered;
    const [choice] = chosen.choices();
    bot.asks('when?', { source: choice?.value ?? '' });
    await answered(bot, bot.office.ops);
    expect(String(bot.scripted.requests[0]?.sourceId)).toBe(String(choice?.value));
  });
});

describe('a mention', () => {
  it('is answered as a reply to it', async () => {
    bot.says('At nine.');
    const said = bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, 'when is standup?'));
    const answer = await answered(bot, bot.office.ops);
    expect(answer).toMatchObject({ content: 'At nine.', replyTo: said.id });
    expect(asked()).toEqual([{ question: 'when is standup?', reader: place(bot.office.ops) }]);
  });

  it('and nothing else, as a reply, asks about what it replies to', async () => {
    const root = bot.fake.user(bot.office.tom).says(bot.office.ops, 'Where is the runbook?');
    bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, ''), { replyTo: root.id });
    await answered(bot, bot.office.ops);
    expect(asked()[0]?.question).toBe('Where is the runbook?');
  });

  it('in a thread knows the thread, and counts as its channel', async () => {
    const person = bot.fake.user(bot.office.tom);
    const thread = person.opensThread(bot.office.ops, 'E42');
    person.says(thread, 'The deploy of harbour fails');
    bot.fake.user(bot.office.mara).says(thread, mention(bot, 'what was it last time?'));
    await answered(bot, thread);
    expect(bot.scripted.requests[0]?.history.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('The deploy of harbour fails'),
    );
    expect(asked()[0]?.reader).toEqual(place(bot.office.ops));
  });

  it('by a reply to an answer goes on with it, without a mention', async () => {
    bot.says('At nine.');
    bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, 'when is standup?'));
    const answer = await answered(bot, bot.office.ops);
    await bot.respond.idle();
    bot.fake.user(bot.office.tom).says(bot.office.ops, 'and on Fridays?', { replyTo: answer.id, withoutPing: true });
    await answered(bot, bot.office.ops, 2);
    expect(bot.scripted.requests[1]?.history).toEqual([
      { role: 'person', text: 'when is standup?' },
      { role: 'bot', text: 'At nine.' },
    ]);
  });

  it('of nobody is left alone', async () => {
    bot.fake.user(bot.office.tom).says(bot.office.ops, 'just talking');
    bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, 'and me?'));
    await answered(bot, bot.office.ops);
    expect(asked()).toHaveLength(1);
  });

  it('with a file instead of a question gets a word', async () => {
    bot.says('There is nothing to look for.', { status: 'abstained' });
    const files = [{ name: 'log.txt', text: 'x' }];
    bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, ''), { files });
    await answered(bot, bot.office.ops);
    expect(asked()[0]?.question).toBe('');
  });

  it('that is deleted takes its answer along', async () => {
    const said = bot.fake.user(bot.office.mara).says(bot.office.ops, mention(bot, 'when?'));
    await answered(bot, bot.office.ops);
    await bot.respond.idle();
    bot.fake.user(bot.office.mara).deletes(said);
    await bot.fake.when(() => bot.ofBot(bot.office.ops).length === 0);
  });
});

describe('a direct message', () => {
  it('is answered with what its sender may read in the server that they share with the bot', async () => {
    bot.says('Here.');
    const dm = bot.fake.dm(bot.office.mara);
    bot.fake.user(bot.office.mara).says(dm, 'when is standup?');
    await answered(bot, dm);
    const reader = { kind: 'person', space: `discord:${bot.office.guild}`, personId: bot.office.mara };
    expect(asked()).toEqual([{ question: 'when is standup?', reader }]);
  });

  it('of somebody in two servers asks which of them', async () => {
    const other = bot.fake.addGuild('Other', { members: [bot.office.mara] });
    const dm = bot.fake.dm(bot.office.mara);
    bot.fake.user(bot.office.mara).says(dm, 'when is standup?');
    await bot.fake.when(() => bot.ofBot(dm).some((post) => shown(post).includes('server:')));
    const [menu] = bot.ofBot(dm);
    if (!menu) throw new Error('no menu');
    const customId = /server:\d+/.exec(shown(menu))?.[0] ?? '';
    bot.fake.user(bot.office.mara).selects({ channelId: dm, id: menu.id }, customId, [other]);
    await answered(bot, dm);
    expect(asked()[0]?.reader).toMatchObject({ space: `discord:${other}` });
  });
});

describe('a message’s menu', () => {
  it('asks about it, in private', async () => {
    const said = bot.fake.user(bot.office.tom).says(bot.office.ops, 'Why does harbour fail with E42?');
    bot.fake.user(bot.office.mara).usesMenu('Ask about this', { channelId: bot.office.ops, id: said.id });
    await bot.fake.when(() => bot.fake.ephemerals(bot.office.mara).some(isFinished));
    expect(asked()[0]?.question).toBe('Why does harbour fail with E42?');
  });
});

describe('/backscroll', () => {
  it.each([
    ['status', 'I know nothing yet'],
    ['sources', '#'],
    ['help', '/ask'],
    ['forget-me', 'forgotten'],
  ])('%s is told to who asks alone', async (verb, expected) => {
    const it = bot.fake.user(bot.office.mara).runs(`backscroll ${verb}`, {}, bot.office.ops);
    await it.answered;
    const told = bot.fake.ephemerals(bot.office.mara);
    expect(told.map(({ content }) => content).join()).toContain(expected);
    expect(bot.ofBot(bot.office.ops)).toEqual([]);
    const hasLeft = bot.store.optOuts.has(`discord:${bot.office.guild}`, bot.office.mara);
    expect(hasLeft).toBe(verb === 'forget-me');
  });
});
