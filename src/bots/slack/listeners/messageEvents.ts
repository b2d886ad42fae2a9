import type { SlackEvent } from '../intake/createIntake.ts';
import { changedSchema, deletedSchema, type InnerMessage, saidSchema } from '../intake/eventSchemas.ts';
import { questionId, readQuestionId } from '../questionId.ts';
import type { Room } from '../Room.ts';
import type { Asking } from './createAsking.ts';
import { mentionsBot } from './messageText.ts';

/** What people say by themselves; every other subtype is Slack speaking, the ones to come included. */
const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);
const CONVERTED = new Set(['channel_convert_to_private', 'channel_convert_to_public']);

function isDirect({ channel, channel_type }: { readonly channel: string; readonly channel_type?: string | undefined }) {
  return channel_type === undefined ? channel.startsWith('D') : channel_type === 'im';
}

/** Messages: questions, questions that are edited or deleted, and what they tell of their channel. */
export interface MessageEvents {
  /** Whether there is anything to do for an event; asked before it is stored. */
  isWanted(event: SlackEvent): Promise<boolean>;
  handle(event: unknown): Promise<void>;
}

export function createMessageEvents(room: Room, asking: Asking): MessageEvents {
  const { workspace, chat, answers, membership, posts } = room;
  const kinds = new Map<string, string>();

  const isOurs = ({ user, bot_id }: { user?: string | undefined; bot_id?: string | undefined }) =>
    user === workspace.botUserId || (bot_id !== undefined && bot_id === workspace.botId);

  async function askedIn(channel: string, threadTs: string) {
    return answers.thread('slack', channel, threadTs);
  }

  async function wasAsked(channel: string, { ts, thread_ts }: Pick<InnerMessage, 'ts' | 'thread_ts'>) {
    const thread = await askedIn(channel, thread_ts ?? ts);
    return thread.some(({ question }) => readQuestionId(question.id)?.ts === ts);
  }

  const baseOf = (channel: string, { ts, thread_ts }: Pick<InnerMessage, 'ts' | 'thread_ts'>) =>
    questionId({ teamId: workspace.teamId, channelId: channel, threadTs: thread_ts ?? ts, ts });

  /** A message by itself, without a mention: a question in a DM, and, if so set, in a thread that was answered. */
  async function isQuestion(event: unknown): Promise<boolean> {
    const parsed = saidSchema.safeParse(event);
    if (!parsed.success) return false;
    const { subtype, user, bot_id, channel, thread_ts, text } = parsed.data;
    if (!SPOKEN.has(subtype) || user === undefined || bot_id !== undefined || isOurs({ user, bot_id })) return false;
    if (isDirect(parsed.data)) return true;
    // Where the bot is mentioned, the same message comes as an app_mention.
    if (room.settings.followUps !== 'thread' || thread_ts === undefined || mentionsBot(room, text)) return false;
    // A message to somebody else is not one to us.
    if (/^\s*<@[UW]/.test(text)) return false;
    return (await askedIn(channel, thread_ts)).length > 0;
  }

  async function isEdit(event: unknown): Promise<boolean> {
    const parsed = changedSchema.safeParse(event);
    if (!parsed.success) return false;
    const { channel, message, previous_message } = parsed.data;
    if (isOurs(message) || message.bot_id !== undefined || message.user === undefined) return false;
    // Slack also says "changed" when it unfolds a link or a reply comes.
    if (message.text === previous_message?.text) return false;
    const isMention = mentionsBot(room, message.text) || mentionsBot(room, previous_message?.text ?? '');
    return isDirect(parsed.data) || isMention || wasAsked(channel, message);
  }

  /** What was deleted. One that has replies is not gone: Slack says that it was changed into a tombstone. */
  function readDeletion(event: unknown) {
    const changed = changedSchema.safeParse(event);
    if (changed.data?.message.subtype === 'tombstone') return { ...changed.data, deleted_ts: changed.data.message.ts };
    return deletedSchema.safeParse(event).data;
  }

  async function isDeletion(event: unknown): Promise<boolean> {
    const deletion = readDeletion(event);
    if (!deletion) return false;
    const { channel, deleted_ts, previous_message } = deletion;
    if (previous_message && isOurs(previous_message)) return false;
    const gone = { ts: deleted_ts, thread_ts: previous_message?.thread_ts };
    const isMention = mentionsBot(room, previous_message?.text ?? '');
    return isMention || posts.ofQuestion(baseOf(channel, gone)).length > 0 || wasAsked(channel, gone);
  }

  /** A channel whose kind is not what it was when we heard of it last was converted, whether or not Slack said so. */
  function isConverted({ subtype, channel, channel_type }: SlackEvent): boolean {
    if (typeof channel !== 'string' || typeof channel_type !== 'string') return false;
    const before = kinds.get(channel);
    kinds.set(channel, channel_type);
    return CONVERTED.has(String(subtype)) || (before !== undefined && before !== channel_type);
  }

  async function lookAgain(event: SlackEvent) {
    const channelId = event.channel as string;
    const kind = event.channel_type === 'channel' ? 'changed' : 'closed';
    await membership.happened({ kind, channelId });
  }

  async function isForBot(event: SlackEvent): Promise<boolean> {
    if (readDeletion(event)) return isDeletion(event);
    return event.subtype === 'message_changed' ? isEdit(event) : isQuestion(event);
  }

  return {
    async isWanted(event) {
      // At once, not in its turn: what was public a moment ago must not be used any more.
      if (isConverted(event)) await lookAgain(event).catch((err) => room.log.warn({ err }, 'a channel was converted'));
      return isForBot(event);
    },

    async handle(event) {
      const { subtype } = event as SlackEvent;
      const deletion = readDeletion(event);
      if (deletion) {
        const { channel, deleted_ts, previous_message } = deletion;
        await chat.withdraw(baseOf(channel, { ts: deleted_ts, thread_ts: previous_message?.thread_ts }));
      } else if (subtype === 'message_changed') {
        const changed = changedSchema.parse(event);
        const { channel, message, event_ts } = changed;
        await asking.message({
          ...{ channel, personId: message.user ?? '', ts: message.ts, threadTs: message.thread_ts },
          ...{ editedTs: message.edited?.ts ?? event_ts, isDirect: isDirect(changed), raw: message },
        });
      } else {
        const said = saidSchema.parse(event);
        await asking.message({
          ...{ channel: said.channel, personId: said.user ?? '', ts: said.ts, threadTs: said.thread_ts },
          ...{ isDirect: isDirect(said), raw: said },
        });
      }
    },
  };
}
