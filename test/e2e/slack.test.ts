import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerId, isFinished, shown } from '../bots/slack/helpers.ts';
import { createDrip } from '../fakes/openai/Drip.ts';
import type { Spot } from '../fakes/slack/userSide.ts';
import { ANSWER, CHANNEL, type SlackRoom, startSlackRoom } from './slackRoom.ts';
import { PEOPLE } from './team.ts';

const CREATES = ['chat.startStream', 'chat.postMessage'];

let room: SlackRoom;
beforeAll(async () => {
  room = await startSlackRoom();
});
afterAll(() => room.clean());

/** The calls that were made of a method for a question, its answer's posts included. */
function callsFor(method: string, question: Spot) {
  const own = new Set([question.ts, ...room.posts(question).map(({ ts }) => ts)]);
  return room.slack.calls(method).filter(({ args }) => own.has(args.thread_ts) || own.has(args.ts));
}
const called = (method: string, question: Spot) => room.slack.when(() => callsFor(method, question).length > 0);
const taken = (method: string, question: Spot) =>
  room.slack.when(() => callsFor(method, question).some(({ isAccepted }) => isAccepted));

/** The call is never answered; `accepted`: but Slack did what it asked. */
const hang = (method: string, accepted = false) => room.slack.fail({ kind: 'hang', accepted }, { method });
const noStreams = () =>
  room.slack.fail({ kind: 'error', error: 'channel_type_not_supported' }, { method: 'chat.startStream', times: 9 });

interface Moment {
  readonly name: string;
  readonly where?: 'dm';
  readonly withModel?: true;
  readonly before?: () => void;
  /** Resolves at the moment. */
  readonly until: (question: Spot) => Promise<unknown>;
}

const moments: Moment[] = [
  {
    name: 'sent, and nobody read it yet',
    before: () => room.process().kill('SIGSTOP'),
    until: async () => {},
  },
  {
    name: 'stored, and Slack does not hear that it arrived',
    before() {
      room.slack.sockets.goSilent();
      hang('chat.startStream');
    },
    until: (question) => called('chat.startStream', question),
  },
  {
    name: 'acknowledged',
    until: ({ ts }) =>
      room.slack.when(() =>
        room.slack.events.sent.some(
          ({ body, delivery }) => body.event.ts === ts && delivery?.attempts.some(({ outcome }) => outcome === 'acked'),
        ),
      ),
  },
  {
    name: 'before Slack takes the sign',
    before: () => hang('chat.startStream'),
    until: (question) => called('chat.startStream', question),
  },
  {
    name: 'between Slack’s taking the sign and our writing it down',
    before: () => hang('chat.startStream', true),
    until: (question) => taken('chat.startStream', question),
  },
  {
    name: 'with the sign shown, before the model says a word',
    withModel: true,
    before: () => room.model.reply({ text: ['never'], drip: createDrip() }),
    until: (question) => Promise.all([taken('chat.startStream', question), room.model.arrived(1)]),
  },
  {
    name: 'while the answer streams',
    withModel: true,
    before: () => room.model.reply({ text: ['First, press the two arrows [1]. ', 'Then '], ending: 'hangs' }),
    until: (question) => taken('chat.appendStream', question),
  },
  {
    name: 'before Slack takes the end of the answer',
    before: () => hang('chat.stopStream'),
    until: (question) => called('chat.stopStream', question),
  },
  {
    name: 'between Slack’s taking the end and our writing it down',
    before: () => hang('chat.stopStream', true),
    until: (question) => taken('chat.stopStream', question),
  },
  {
    name: 'the moment Slack says that the end is taken',
    until: (question) => room.slack.when(() => callsFor('chat.stopStream', question).some(({ status }) => status)),
  },
  {
    name: 'in a direct message, before Slack takes the answer',
    where: 'dm',
    before: () => hang('chat.postMessage'),
    until: (question) => called('chat.postMessage', question),
  },
  {
    name: 'in a direct message, between Slack’s taking the answer and our writing it down',
    where: 'dm',
    before: () => hang('chat.postMessage', true),
    until: (question) => taken('chat.postMessage', question),
  },
  {
    name: 'without streams, between Slack’s taking the sign and our writing it down',
    before() {
      noStreams();
      hang('chat.postMessage', true);
    },
    until: (question) => taken('chat.postMessage', question),
  },
  {
    name: 'without streams, before Slack takes the answer in its place',
    before() {
      noStreams();
      hang('chat.update');
    },
    until: (question) => called('chat.update', question),
  },
  {
    name: 'without streams, between Slack’s taking the answer and our writing it down',
    before() {
      noStreams();
      hang('chat.update', true);
    },
    until: (question) => taken('chat.update', question),
  },
  {
    name: 'just after the answer',
    until: (question) => room.answered(question),
  },
];

describe('kill -9 while a question of Slack is', () => {
  const asked: Spot[] = [];
  const channelOf = ({ where }: Pick<Moment, 'where'>) => (where === 'dm' ? room.dm : CHANNEL);

  beforeAll(async () => {
    await room.begin();
    await room.import();
  });

  it.each(moments)('$name: it is answered once', async (moment) => {
    if (moment.withModel) {
      await room.stop();
      await room.begin(true);
    }
    moment.before?.();
    const question = room.asks(channelOf(moment));
    asked.push(question);
    await moment.until(question);
    await room.kill9();

    await room.begin();
    room.sendsAgain();
    expect(shown(await room.answered(question))).toContain(ANSWER);
    // What was asked after it in its place is answered after it: were there a second answer, it would be here by now.
    const next = room.asks(question.channel);
    asked.push(next);
    await room.answered(next);
    expect(room.posts(question)).toHaveLength(1);
  });

  it('and at the end there is one answer to each, nothing beside them, and nothing waits', async () => {
    expect(await room.stop()).toBe(0);
    for (const question of asked) {
      expect(room.posts(question).map((post) => [isFinished(post), post.stream?.state ?? 'completed'])).toEqual([
        [true, 'completed'],
      ]);
      // Never two at any time: also none that was taken away again.
      const created = CREATES.flatMap((method) => callsFor(method, question)).filter(({ isAccepted }) => isAccepted);
      expect(created).toHaveLength(1);
    }
    expect(room.ofBot(CHANNEL).length + room.ofBot(room.dm).length).toBe(asked.length);
    const ids = new Set([CHANNEL, room.dm].flatMap((channel) => room.ofBot(channel).map(answerId)));
    expect(ids.size).toBe(asked.length);
    expect(room.stored(`SELECT id FROM inbox WHERE state <> 'done'`)).toEqual([]);
    expect(room.slack.violations).toEqual([]);
  });
});

describe('kill -9 while somebody votes', () => {
  let question: Spot;
  let sinceConfirmed = 0;
  const votes = () => {
    const counted = room.stored<{ kind: string; n: number }>(
      'SELECT kind, count(*) AS n FROM current_votes GROUP BY kind',
    );
    const of = (kind: string) => counted.find((one) => one.kind === kind)?.n ?? 0;
    return { up: of('up'), down: of('down'), events: room.stored('SELECT id FROM feedback_events').length };
  };
  const confirmations = () => room.slack.calls('chat.postEphemeral').length - sinceConfirmed;
  const ann = () => room.slack.user(PEOPLE.ann);
  const bob = () => room.slack.user(PEOPLE.bob);
  const post = () => ({ channel: CHANNEL, ts: room.posts(question)[0]?.ts ?? '' });

  beforeAll(async () => {
    await room.begin();
    question = room.asks(CHANNEL);
    await room.answered(question);
  });
  afterAll(() => room.stop());

  it('a click that nobody took may be repeated, and counts once', async () => {
    const before = votes();
    room.process().kill('SIGSTOP');
    const clicked = ann().clicks(post(), 'positive_button');
    await room.kill9();
    await room.begin();
    room.sendsAgain();
    expect((await clicked).isAcked).toBe(false);
    expect((await ann().clicks(post(), 'positive_button')).isAcked).toBe(true);
    expect(votes()).toEqual({ up: before.up + 1, down: before.down, events: before.events + 1 });
  });

  it('a click that was taken is kept, also when its confirmation is not', async () => {
    const before = votes();
    hang('chat.postEphemeral');
    expect((await bob().clicks(post(), 'positive_button')).isAcked).toBe(true);
    await room.kill9();
    await room.begin();
    expect(votes()).toMatchObject({ up: before.up + 1, down: before.down });
    // Not knowing, one clicks again.
    await bob().clicks(post(), 'positive_button');
    expect(votes()).toMatchObject({ up: before.up + 1, down: before.down });
  });

  it.each([
    { name: 'nobody read', before: () => room.process().kill('SIGSTOP'), until: async () => {} },
    {
      name: 'Slack does not know to have arrived',
      before() {
        room.slack.sockets.goSilent();
        hang('chat.postEphemeral');
      },
      until: () => room.slack.when(() => confirmations() > 0),
    },
  ])('a reaction that $name comes again, and counts once', async ({ before, until }) => {
    const other = room.asks(CHANNEL);
    await room.answered(other);
    const counted = votes();
    sinceConfirmed = room.slack.calls('chat.postEphemeral').length;
    before();
    bob().reacts({ channel: CHANNEL, ts: room.posts(other)[0]?.ts ?? '' }, '-1');
    await until();
    await room.kill9();
    await room.begin();
    room.sendsAgain();
    // What happens in a channel is worked on in order: once this is answered, the reaction is counted.
    await room.answered(room.asks(CHANNEL));
    expect(votes()).toEqual({ up: counted.up, down: counted.down + 1, events: counted.events + 1 });
  });
});

describe('an event that comes again after a restart', () => {
  it('is known', async () => {
    await room.begin();
    const question = room.asks(CHANNEL);
    await room.answered(question);
    expect(await room.stop()).toBe(0);
    await room.begin();
    const before = callsFor('chat.startStream', question).length;
    const own = room.slack.events.sent.filter(({ body }) => body.event.ts === question.ts);
    expect(own.map(({ type }) => type).sort()).toEqual(['app_mention', 'message']);
    for (const { eventId } of own) expect(await room.slack.events.redeliver(eventId)).toMatchObject({ isAcked: true });
    const next = room.asks(CHANNEL);
    await room.answered(next);
    expect(room.posts(question)).toHaveLength(1);
    expect(callsFor('chat.startStream', question)).toHaveLength(before);
    expect(await room.stop()).toBe(0);
  });
});

describe('a hostile model', () => {
  const EVIL = [
    'Press the two arrows [1]. Then log in at https://evil.exa',
    [
      'mple/steal?q=secret [1] or [here](https://evil.example/phish) [1]. <https://evil.example/a|two arrows> [1]. ',
      '![x](https://evil.example/pixel.png) <img src="https://evil.example/i"> [1]. Press them, <!channel>, <!here>, ',
      '@everyone, <@U0BOB00001> [1]. Press the two arrows until the thermostat beeps [1]. To ',
    ].join(''),
    'reset it, press them [1].',
  ];
  beforeAll(() => room.begin(true));
  afterAll(() => room.stop());

  it.each([
    ['stream chunk', 'chat.appendStream', () => {}],
    ['edit', 'chat.update', noStreams],
  ] as const)('gets its link into no %s', async (_, method, before) => {
    before();
    const drip = createDrip();
    room.model.reply({ text: EVIL, drip });
    const since = room.slack.calls().length;
    const question = room.asks(CHANNEL);
    drip.release(EVIL.length - 1);
    // All but its last sentence was said: what may be shown of that is shown before the end.
    const isShown = ({ args }: { args: unknown }) => JSON.stringify(args).includes('thermostat beeps');
    await room.slack.when(() => callsFor(method, question).some(isShown));
    expect(room.posts(question).some(isFinished)).toBe(false);
    drip.release(2);
    expect(shown(await room.answered(question))).toContain('reset it');
    const said = JSON.stringify(
      room.slack
        .calls()
        .slice(since)
        .map(({ args }) => args),
    );
    expect(said).not.toMatch(/evil|<!channel>|<!here>|@everyone|<@U0BOB00001>/);
    expect(room.slack.violations).toEqual([]);
    room.slack.mend();
  });
});
