import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered as finish, isFinished, mention as mentionOf, shown } from './helpers.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

let bot: SlackBot;
const start = async (options?: Parameters<typeof startSlackBot>[0]) => {
  bot = await startSlackBot(options);
  await bot.connect();
};
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

const answered = (channel: string, threadTs: string, count?: number) => finish(bot, channel, threadTs, count);
const mention = (text: string) => mentionOf(bot, text);
const asked = () => bot.scripted.requests.map(({ question, reader }) => ({ question, reader }));

describe('a mention', () => {
  beforeEach(() => start());

  it('is answered once, in its thread, with its sources and a way to vote', async () => {
    const url = 'https://acme.slack.com/archives/C1/p1433569612000010';
    bot.says('Set `MTU = 1380` [1].', {
      citations: [{ n: 1, passageId: 1, title: '#ops · VPN <on> Linux', url, quote: 'Set MTU' }],
      notes: ['words-only'],
    });
    const { ts } = bot.fake.user('U1').says('C1', mention('why is my VPN slow?'));
    const answer = await answered('C1', ts);
    expect(bot.answers('C1', ts)).toHaveLength(1);
    expect(shown(answer)).toContain('Set `MTU = 1380` [1].');
    expect(shown(answer)).toContain(`<${url}|[1] #ops · VPN &lt;on&gt; Linux>`);
    expect(shown(answer)).toContain('feedback_buttons');
    expect(asked()).toEqual([
      {
        question: 'why is my VPN slow?',
        reader: { kind: 'place', space: `slack:${bot.fake.teamId}`, channelId: 'C1' },
      },
    ]);
  });

  it('shows a sign before there is an answer, and streams it', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['First. ', 'Second.'] });
    const { ts } = bot.fake.user('U1').says('C1', mention('what now?'));
    await bot.fake.when(() => bot.answers('C1', ts).length === 1);
    expect(shown(bot.answers('C1', ts)[0])).toContain('Reading the backscroll');
    bot.scripted.step();
    await bot.fake.when(() => shown(bot.answers('C1', ts)[0]).includes('First.'));
    expect(isFinished(bot.answers('C1', ts)[0])).toBe(false);
    bot.scripted.step(2);
    expect(shown(await answered('C1', ts))).toContain('First. Second.');
    expect(bot.answers('C1', ts)).toHaveLength(1);
  });

  it('in a thread knows the thread', async () => {
    const root = bot.fake.user('U2').says('C1', 'The deploy of harbour fails with E42');
    bot.fake.user('U1').says('C1', 'Did you clear the cache?', { thread: root.ts });
    bot.fake.user('U1').says('C1', mention('what was it last time?'), { thread: root.ts });
    await answered('C1', root.ts);
    expect(bot.scripted.requests[0]?.history).toEqual([
      { role: 'person', text: 'tom: The deploy of harbour fails with E42' },
      { role: 'person', text: 'mara: Did you clear the cache?' },
    ]);
  });

  it('and nothing else, in a thread, asks about what the thread began with', async () => {
    const root = bot.fake.user('U2').says('C1', 'Where is the runbook?');
    bot.fake.user('U1').says('C1', mention(''), { thread: root.ts });
    await answered('C1', root.ts);
    expect(asked()[0]?.question).toBe('Where is the runbook?');
  });

  it('gets a word where it is too long to be answered', async () => {
    bot.scripted.says({ pieces: ['Please shorten it.'], status: 'failed' });
    const { ts } = bot.fake.user('U1').says('C1', mention('x'.repeat(39_000)));
    const answer = await answered('C1', ts);
    expect(shown(answer)).toContain('Please shorten it.');
    expect(shown(answer)).toMatch(/Trace `[0-9a-f-]{36}`/);
    expect(shown(answer)).not.toContain('feedback_buttons');
  });

  it('of another bot is left alone', async () => {
    bot.fake.addUser('UB', { isBot: true });
    bot.fake.invite('C1', 'UB');
    bot.fake.events.emit(
      { type: 'app_mention', user: 'UB', bot_id: 'B7', channel: 'C1', ts: '1700000000.000100', text: mention('hi') },
      'C1',
    );
    const { ts } = bot.fake.user('U1').says('C1', mention('and me?'));
    await answered('C1', ts);
    expect(asked()).toHaveLength(1);
  });
});

describe('a follow-up in a thread that was answered', () => {
  async function followUp() {
    const { ts } = bot.fake.user('U1').says('C1', mention('why is it slow?'));
    await answered('C1', ts);
    bot.fake.user('U2').says('C1', 'and on Windows?', { thread: ts });
    bot.fake.user('U2').says('C1', '<@U1> you may know', { thread: ts });
    return ts;
  }

  it('needs a mention', async () => {
    await start();
    const ts = await followUp();
    bot.fake.user('U1').says('C1', mention('really?'), { thread: ts });
    await answered('C1', ts, 2);
    expect(asked().map(({ question }) => question)).toEqual(['why is it slow?', 'really?']);
  });

  it('or none, if so set, unless it is to somebody else', async () => {
    await start({ settings: { followUps: 'thread' } });
    const ts = await followUp();
    await answered('C1', ts, 2);
    bot.fake.user('U1').says('C1', 'thanks', { thread: ts });
    await answered('C1', ts, 3);
    expect(asked().map(({ question }) => question)).toEqual(['why is it slow?', 'and on Windows?', 'thanks']);
  });

  it('comes with what was asked and answered before, each once', async () => {
    await start();
    bot.says('Because of the MTU.');
    const { ts } = bot.fake.user('U1').says('C1', mention('why is it slow?'));
    await answered('C1', ts);
    bot.fake.user('U2').says('C1', mention('since when?'), { thread: ts });
    await answered('C1', ts, 2);
    expect(bot.scripted.requests[1]?.history).toEqual([
      { role: 'person', text: 'why is it slow?' },
      { role: 'bot', text: 'Because of the MTU.' },
    ]);
  });
});

describe('in a direct message', () => {
  beforeEach(() => start());

  it('the asker’s own rights count', async () => {
    const { channel, ts } = bot.fake.user('U1').says('dm', 'what did the board say?');
    await answered(channel, ts);
    expect(asked()).toEqual([
      {
        question: 'what did the board say?',
        reader: { kind: 'person', space: `slack:${bot.fake.teamId}`, personId: 'U1' },
      },
    ]);
  });

  it('the assistant’s pane offers questions, shows a status, and names its thread', async () => {
    const { channel, threadTs } = bot.fake.user('U1').opensAssistant();
    const thread = () => bot.fake.channel(channel).assistantThreads.get(threadTs);
    await bot.fake.when(() => thread()?.prompts !== undefined);
    expect(thread()?.prompts).toMatchObject({ prompts: [{ message: 'How do I set up the VPN?' }, {}] });
    bot.scripted.hold();
    bot.fake.user('U1').says(channel, 'Who is on call?', { thread: threadTs });
    await bot.fake.when(() => bot.fake.status(channel, threadTs) !== undefined);
    expect(bot.fake.status(channel, threadTs)).toBe('is reading the backscroll …');
    bot.scripted.step(2);
    await answered(channel, threadTs);
    await bot.fake.when(() => thread()?.title !== undefined);
    expect(thread()?.title).toBe('Who is on call?');
    expect(bot.fake.status(channel, threadTs)).toBeUndefined();
  });

  it('a long answer is streamed there too', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['First. ', 'Second.'] });
    const { channel, ts } = bot.fake.user('U1').says('dm', 'tell me');
    await bot.fake.when(() => bot.fake.status(channel, ts) !== undefined);
    bot.scripted.step();
    await bot.fake.when(() => bot.answers(channel, ts).some((post) => post.text.includes('First.')));
    bot.scripted.step(2);
    expect(shown(await answered(channel, ts))).toContain('First. Second.');
    expect(bot.answers(channel, ts)).toHaveLength(1);
  });
});

describe('a question that is edited', () => {
  beforeEach(() => start());

  it('has its answer changed in place', async () => {
    bot.says('About Windows.');
    const said = bot.fake.user('U1').says('C1', mention('how on Windows?'));
    await answered('C1', said.ts);
    bot.says('About Linux.');
    bot.fake.user('U1').edits(said, mention('how on Linux?'));
    await bot.fake.when(
      () => isFinished(bot.answers('C1', said.ts)[0]) && shown(bot.answers('C1', said.ts)[0]).includes('Linux'),
    );
    expect(bot.answers('C1', said.ts)).toHaveLength(1);
    expect(shown(bot.answers('C1', said.ts)[0])).not.toContain('Windows');
    expect(asked().map(({ question }) => question)).toEqual(['how on Windows?', 'how on Linux?']);
  });

  it('while it is answered gets the later answer only', async () => {
    bot.scripted.hold();
    bot.scripted.says({ pieces: ['Old. '] });
    const said = bot.fake.user('U1').says('C1', mention('one?'));
    await bot.fake.when(() => bot.answers('C1', said.ts).length === 1);
    bot.scripted.step();
    await bot.fake.when(() => shown(bot.answers('C1', said.ts)[0]).includes('Old.'));
    bot.fake.user('U1').edits(said, mention('two?'));
    await bot.fake.when(() =>
      bot.fake.events.sent.some(({ body }) => JSON.stringify(body).includes('message_changed')),
    );
    bot.scripted.says({ pieces: ['New.'] });
    bot.scripted.step(3);
    await bot.fake.when(
      () => shown(bot.answers('C1', said.ts)[0]).includes('New.') && isFinished(bot.answers('C1', said.ts)[0]),
    );
    expect(bot.answers('C1', said.ts)).toHaveLength(1);
    expect(shown(bot.answers('C1', said.ts)[0])).not.toContain('Old.');
  });

  it('by Slack itself, or to the same words, is not asked again', async () => {
    const said = bot.fake.user('U1').says('C1', mention('one?'));
    await answered('C1', said.ts);
    bot.fake.user('U1').edits(said, mention('one?'));
    const other = bot.fake.user('U1').says('C1', mention('another?'));
    await answered('C1', other.ts);
    expect(asked().map(({ question }) => question)).toEqual(['one?', 'another?']);
  });

  it('into a mention becomes a question', async () => {
    const said = bot.fake.user('U1').says('C1', 'how on Linux?');
    bot.fake.user('U1').edits(said, mention('how on Linux?'));
    await answered('C1', said.ts);
    expect(asked().map(({ question }) => question)).toEqual(['how on Linux?']);
  });
});

describe('a question that is deleted', () => {
  beforeEach(() => start());

  it('takes its answer with it', async () => {
    const said = bot.fake.user('U1').says('C1', mention('who is paid what?'));
    const answer = await answered('C1', said.ts);
    bot.fake.user('U1').deletes(said);
    await bot.fake.when(() => bot.fake.message('C1', answer?.ts ?? '') === undefined);
  });

  it('also while it is being answered', async () => {
    bot.scripted.hold();
    const said = bot.fake.user('U1').says('C1', mention('who is paid what?'));
    await bot.fake.when(() => bot.answers('C1', said.ts).length === 1);
    bot.fake.user('U1').deletes(said);
    await bot.fake.when(() => bot.fake.messages('C1').every(({ user }) => user !== bot.fake.botUserId));
    bot.scripted.step(2);
    await bot.respond.idle();
    expect(bot.fake.messages('C1').filter(({ user }) => user === bot.fake.botUserId)).toEqual([]);
  });
});

describe('what only the asker sees', () => {
  beforeEach(() => start());
  const whispers = () => bot.fake.ephemerals('U1').map((one) => shown(one));
  const whispered = (text: string) => bot.fake.when(() => whispers().some((one) => one.includes(text)));

  it('/backscroll ask answers with what the asker may read', async () => {
    bot.says('At nine.');
    const { isAcked } = await bot.fake.user('U1').runs('/backscroll', 'ask when is standup?', 'C2');
    expect(isAcked).toBe(true);
    await whispered('At nine.');
    expect(asked()[0]).toEqual({
      question: 'when is standup?',
      reader: { kind: 'person', space: `slack:${bot.fake.teamId}`, personId: 'U1' },
    });
    expect(bot.fake.messages('C2').filter(({ user }) => user === bot.fake.botUserId)).toEqual([]);
  });

  it('/backscroll with a question and no verb asks it', async () => {
    await bot.fake.user('U1').runs('/backscroll', 'when is standup?', 'C1');
    await whispered('Nothing was scripted.');
    expect(asked()[0]?.question).toBe('when is standup?');
  });

  it('/backscroll help, status and sources say what there is', async () => {
    expect(JSON.stringify(await bot.fake.user('U1').runs('/backscroll', 'help', 'C1'))).toContain('/backscroll ask');
    await bot.fake.user('U1').runs('/backscroll', 'status', 'C1');
    await whispered('I know nothing yet that you may read');
    // Who is in which channel was looked up when it connected.
    await vi.waitFor(() => expect(bot.store.sources.readable(`slack:${bot.fake.teamId}`)).toHaveLength(3));
    await bot.fake.user('U1').runs('/backscroll', 'sources', 'C1');
    await whispered('<#C1>');
    expect(whispers().at(-1)).toContain('#board (its members only)');
    await bot.fake.user('U2').runs('/backscroll', 'sources', 'C1');
    await bot.fake.when(() => bot.fake.ephemerals('U2').length > 0);
    expect(JSON.stringify(bot.fake.ephemerals('U2'))).not.toContain('board');
  });

  it('the shortcut asks about a message', async () => {
    bot.says('In the wiki.');
    const said = bot.fake.user('U2').says('C1', 'where is the runbook?');
    await bot.fake.user('U1').usesShortcut('ask_about_message', said);
    await whispered('In the wiki.');
    expect(asked()[0]).toMatchObject({ question: 'where is the runbook?', reader: { kind: 'person', personId: 'U1' } });
    expect(bot.fake.thread('C1', said.ts)).toHaveLength(1);
  });

  it('never becomes the history of what others read', async () => {
    bot.says('A secret of the board.');
    const said = bot.fake.user('U2').says('C1', 'what is the plan?');
    await bot.fake.user('U1').usesShortcut('ask_about_message', said);
    await whispered('A secret of the board.');
    bot.fake.user('U2').says('C1', mention('and now?'), { thread: said.ts });
    await answered('C1', said.ts);
    expect(JSON.stringify(bot.scripted.requests.at(-1)?.history)).not.toContain('secret');
  });
});
