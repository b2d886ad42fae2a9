import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerId, isFinished, shown } from '../bots/discord/helpers.ts';
import type { FakeMessage, Interaction } from '../fakes/discord/State.ts';
import { createDrip } from '../fakes/openai/Drip.ts';
import { ANSWER, type DiscordRoom, startDiscordRoom } from './discordRoom.ts';

const POST = 'POST /channels/:channel/messages';
const PATCH = 'PATCH /channels/:channel/messages/:message';
const ORIGINAL = 'PATCH /webhooks/:webhook/:token/messages/:message';
const CALLBACK = 'POST /interactions/:interaction/:token/callback';

let room: DiscordRoom;
beforeAll(async () => {
  room = await startDiscordRoom();
  await room.begin();
  await room.import();
  await room.stop();
});
afterAll(() => room.clean());

const countOf = (route: string) => room.discord.calls(route).length;
let before: Record<string, number> = {};
/** A request of this route has come since the question was asked. */
const called = (route: string, more = 0) => room.discord.when(() => countOf(route) > (before[route] ?? 0) + more);
/** The request is never answered; `accepted`: but Discord did what it asked. */
const hang = (route: string, accepted = false) => room.discord.fail({ kind: 'hang', accepted }, { route });

interface Moment {
  readonly name: string;
  readonly how?: 'dm' | '/ask' | '/ask private';
  readonly withModel?: true;
  readonly before?: () => void;
  /** Resolves at the moment. */
  readonly until: (question: FakeMessage | Interaction) => Promise<unknown>;
}

const moments: Moment[] = [
  {
    name: 'sent, and nobody read it yet',
    before: () => room.process().kill('SIGSTOP'),
    until: async () => {},
  },
  { name: 'before Discord takes the sign', before: () => hang(POST), until: () => called(POST) },
  {
    name: 'between Discord’s taking the sign and our writing it down',
    before: () => hang(POST, true),
    until: (question) => room.discord.when(() => room.posts(question as FakeMessage).length === 1),
  },
  {
    name: 'with the sign shown, before the model says a word',
    withModel: true,
    before: () => room.model.reply({ text: ['never'], drip: createDrip() }),
    until: (question) =>
      Promise.all([room.discord.when(() => room.posts(question as FakeMessage).length === 1), room.model.arrived(1)]),
  },
  {
    name: 'while the answer streams',
    withModel: true,
    before: () => room.model.reply({ text: ['First, press the two arrows [1]. ', 'Then '], ending: 'hangs' }),
    until: (question) =>
      room.discord.when(() => room.posts(question as FakeMessage)[0]?.content.includes('First, press') ?? false),
  },
  { name: 'before Discord takes the end of the answer', before: () => hang(PATCH), until: () => called(PATCH) },
  {
    name: 'between Discord’s taking the end and our writing it down',
    before: () => hang(PATCH, true),
    until: (question) => room.discord.when(() => room.posts(question as FakeMessage).some(isFinished)),
  },
  {
    name: 'in a direct message, between Discord’s taking the sign and our writing it down',
    how: 'dm',
    before: () => hang(POST, true),
    until: (question) => room.discord.when(() => room.posts(question as FakeMessage).length === 1),
  },
  {
    name: 'a command that is stored and not acknowledged',
    how: '/ask',
    before: () => hang(CALLBACK),
    until: () => called(CALLBACK),
  },
  { name: 'a command that is deferred', how: '/ask', until: (asked) => (asked as Interaction).answered },
  {
    name: 'a command, before Discord takes its answer',
    how: '/ask',
    before: () => hang(ORIGINAL),
    until: () => called(ORIGINAL),
  },
  {
    name: 'a command, between Discord’s taking its answer and our writing it down',
    how: '/ask',
    before: () => hang(ORIGINAL, true),
    until: (asked) => room.discord.when(() => Boolean((asked as Interaction).reply()?.content)),
  },
  {
    name: 'a private command, before Discord takes its answer',
    how: '/ask private',
    before: () => hang(ORIGINAL),
    until: () => called(ORIGINAL),
  },
  { name: 'just after the answer', until: (question) => room.answered(question as FakeMessage) },
];

describe('kill -9 while a question of Discord is', () => {
  let asked = 0;

  it.each(moments)('$name: it is answered once', async (moment) => {
    await room.begin(moment.withModel ?? false);
    before = Object.fromEntries([POST, PATCH, ORIGINAL, CALLBACK].map((route) => [route, countOf(route)]));
    moment.before?.();
    const isCommand = moment.how?.startsWith('/ask') ?? false;
    const isPrivate = moment.how === '/ask private';
    const question = isCommand
      ? room.asks(isPrivate ? { private: true } : {})
      : room.says(moment.how === 'dm' ? room.dm : room.channel);
    asked++;
    await moment.until(question);
    await room.kill9();

    await room.begin();
    const own = () => {
      if (!isCommand) return room.posts(question as FakeMessage);
      const { id } = question;
      return [...room.ofBot(room.channel), ...room.discord.ephemerals(room.ann)].filter(
        (post) => post.interaction?.id === id || (post.id > id && post.content.startsWith('-# <@')),
      );
    };
    await room.discord.when(() => own().some((post) => isFinished(post) && post.content.includes(ANSWER)));
    // What was asked after it in its place is answered after it: were there a second answer, it would be here by now.
    const next = room.says(room.channel);
    asked++;
    await room.answered(next);
    expect(own().filter(isFinished)).toHaveLength(1);
    expect(await room.stop()).toBe(0);
  });

  it('and at the end there is one answer to each, and nothing waits', () => {
    const all = [...room.ofBot(room.channel), ...room.ofBot(room.dm), ...room.discord.ephemerals(room.ann)];
    const ids = all.filter(isFinished).map(answerId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(asked);
    expect(room.stored(`SELECT id FROM inbox WHERE state <> 'done'`)).toEqual([]);
    expect(room.discord.violations).toEqual([]);
  });
});

describe('kill -9 while somebody votes', () => {
  const counts = () =>
    room.stored<{ kind: string; n: number }>('SELECT kind, count(*) AS n FROM current_votes GROUP BY kind');
  const up = () => counts().find(({ kind }) => kind === 'up')?.n ?? 0;

  it('a click that was taken is kept; one that nobody took may be repeated, and counts once', async () => {
    await room.begin();
    const post = await room.answered(room.says(room.channel));
    const spot = { channelId: room.channel, id: post.id };
    room.process().kill('SIGSTOP');
    room.discord.user(room.ann).presses(spot, 'vote:up:*');
    await room.kill9();
    await room.begin();
    await room.discord.user(room.ann).presses(spot, 'vote:up:*').answered;
    hangNothing();
    await room.discord.user(room.bob).presses(spot, 'vote:up:*').answered;
    await room.kill9();
    expect(up()).toBe(2);
  });

  it('a reaction that nobody read comes with the resumed session, and counts once', async () => {
    await room.begin();
    const post = await room.answered(room.says(room.channel));
    const had = up();
    room.process().kill('SIGSTOP');
    room.discord.user(room.bob).reacts({ channelId: room.channel, id: post.id }, '👍🏽');
    await room.kill9();
    await room.begin();
    // What happens in a channel is worked on in order: once this is answered, the reaction is counted.
    await room.answered(room.says(room.channel));
    expect(await room.stop()).toBe(0);
    expect(up()).toBe(had + 1);
  });

  const hangNothing = () => room.discord.mend();
});

describe('a hostile model', () => {
  const EVIL = [
    'Press the two arrows [1]. Then log in at https://evil.exa',
    'mple/steal?q=secret [1] or [here](https://evil.example/phish) [1]. @everyone, <@1234567890123> [1]. ',
    'To reset it, press them [1].',
  ];

  it('gets its link into no edit', async () => {
    await room.begin(true);
    room.model.reply({ text: EVIL });
    const since = room.discord.calls().length;
    const post = await room.answered(room.says(room.channel));
    expect(shown(post)).toContain('reset it');
    const said = JSON.stringify(
      room.discord
        .calls()
        .slice(since)
        .map(({ body }) => body),
    );
    expect(said).not.toMatch(/evil|1234567890123/);
    expect(await room.stop()).toBe(0);
  });
});

describe('the commands', () => {
  it('doctor and status say how Discord does', async () => {
    await room.begin();
    const doctor = await room.run(['doctor', '--json']);
    const checks = doctor.json.findings.filter(({ check }: { check: string }) => check.startsWith('discord'));
    expect(checks.map(({ check, ok }: { check: string; ok: boolean }) => [check, ok])).toEqual([
      ['discord token', true],
      ['discord servers', true],
      ['discord connection', true],
      ['discord commands', true],
      ['discord message content', true],
    ]);
    const status = await room.run(['status', '--json']);
    expect(status.json.discord).toMatchObject({ isConnected: true, servers: 1 });
    expect(await room.stop()).toBe(0);
  });
});

describe('a bad token', () => {
  it('leaves Discord aside, in a sentence, and the rest runs on', async () => {
    room.discord.setToken('bad');
    const started = await room.beginAnyway();
    const doctor = await room.run(['doctor', '--json']);
    const token = doctor.json.findings.find(({ check }: { check: string }) => check === 'discord token');
    expect(token).toMatchObject({ ok: false, sentence: expect.stringContaining('DISCORD_TOKEN') });
    const status = (await room.run(['status', '--json'])).json;
    expect(status.discord).toMatchObject({ isConnected: false, problem: expect.stringContaining('DISCORD_TOKEN') });
    const asked = await room.run(['ask', 'How does one reset the thermostat?', '--json']);
    expect(asked.json.answer).toContain(ANSWER);
    expect(started.stderr()).not.toContain(room.discord.token);
    expect(await started.stop()).toBe(0);
    room.discord.setToken('good');
  });
});
