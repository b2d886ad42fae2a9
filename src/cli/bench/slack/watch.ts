import type { FakeSlack } from '../../../../test/fakes/slack/FakeSlack.ts';
import { CHANNELS } from './startBenchBot.ts';

/** What Slack saw of one question, in milliseconds of its clock. */
export interface Seen {
  readonly askedMs: number;
  readonly ackMs?: number;
  /** A status below the thread, or the first post in it. */
  readonly signMs?: number;
  readonly answerMs?: number;
  /** Posts of the bot that show a finished answer to it. */
  readonly answers: number;
}

export interface Asked {
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
}

const ANSWERING = new Set(['chat.postMessage', 'chat.startStream', 'chat.stopStream', 'chat.update']);
type Fields = Readonly<Record<string, unknown>>;

/** Reads from the calls that Slack received what became of the questions. */
export function watch(fake: FakeSlack, asked: readonly Asked[]): Seen[] {
  const calls = fake.calls().filter(({ isAccepted }) => isAccepted);
  return asked.map(({ channel, threadTs, ts }) => {
    const event = fake.events.sent.find(({ type, body }) => {
      const { event: said } = body as { event?: Fields };
      return type === 'app_mention' && said?.channel === channel && said.ts === ts;
    });
    const attempt = event?.delivery?.attempts.find(({ outcome }) => outcome === 'acked');
    const own = fake.thread(channel, threadTs).filter(({ user, ts: at }) => user === fake.botUserId && at > ts);
    const mine = own.filter(({ metadata }) => questionOf(metadata).endsWith(`:${ts}`));
    const posts = new Set(mine.map((post) => post.ts));
    const first = calls.find(({ method, args, atMs }) => {
      const { channel: to, channel_id, thread_ts } = args as Fields;
      if (atMs < (event?.delivery?.attempts[0]?.atMs ?? 0) || (to ?? channel_id) !== channel || thread_ts !== threadTs)
        return false;
      return method === 'assistant.threads.setStatus' || ANSWERING.has(method);
    });
    const last = calls.find(({ method, args, response }) => {
      const { ts: at, metadata } = args as Fields;
      const shows = at ?? (response as Fields | undefined)?.ts;
      return ANSWERING.has(method) && posts.has(String(shows)) && isAnswer(metadata);
    });
    return {
      askedMs: attempt?.atMs ?? Number(ts) * 1000,
      ...(attempt?.endedAtMs === undefined ? {} : { ackMs: attempt.endedAtMs }),
      ...(first ? { signMs: first.atMs } : {}),
      ...(last ? { answerMs: last.atMs } : {}),
      answers: mine.filter(({ metadata }) => isAnswer(metadata)).length,
    };
  });
}

/** How many finished answers there are in all channels together. */
export function countAnswers({ fake }: { readonly fake: FakeSlack }): number {
  const all = CHANNELS.flatMap((channel) => fake.messages(channel));
  return all.filter(({ user, metadata }) => user === fake.botUserId && isAnswer(metadata)).length;
}

function payloadOf(metadata: unknown): Fields {
  const read = typeof metadata === 'string' ? (JSON.parse(metadata) as unknown) : metadata;
  return ((read as { event_payload?: Fields } | undefined)?.event_payload ?? {}) as Fields;
}

const questionOf = (metadata: unknown) => String(payloadOf(metadata).question_id ?? '');
const isAnswer = (metadata: unknown) => Boolean(payloadOf(metadata).answer_id);
