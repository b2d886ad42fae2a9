import { z } from 'zod';
import { findChannel, findMessage, findPlaceToPost } from '../access.ts';
import { json, text } from '../args.ts';
import { settleBlocks } from '../blocks/settleBlocks.ts';
import { metadataArg, readMetadata, refuseBadBlocks } from '../content.ts';
import { addMessage, editMessage } from '../conversation.ts';
import { type MethodCall, method } from '../Method.ts';
import { Refused } from '../Refused.ts';
import { renderMessage } from '../render.ts';
import { richText } from '../richText.ts';
import type { FakeChannel, FakeMessage, Json, State } from '../State.ts';
import { author, findRoot } from './chat.ts';

/** https://docs.slack.dev/messaging/sending-and-scheduling-messages#text-streaming */
const source = z.looseObject({ type: z.literal('url'), url: z.string(), text: z.string() });
const Chunk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown_text'), text: z.string() }),
  z.strictObject({
    type: z.literal('task_update'),
    id: z.string(),
    title: z.string().max(256),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().optional(),
    output: z.string().optional(),
    sources: z.array(source).optional(),
  }),
  z.strictObject({ type: z.literal('plan_update'), title: z.string().max(256) }),
  z.strictObject({ type: z.literal('blocks'), blocks: z.array(z.looseObject({ type: z.string() })) }),
]);
const chunks = json(z.array(Chunk), 'invalid_chunks').optional();

/** Seen by many: a stream ends by itself about five minutes after it began, however much is appended. */
const longestMs = 306_000;
/** Of one chunk; a stream as a whole may be longer. */
const mostInChunk = 12_000;

interface Piece {
  readonly markdown_text?: string | undefined;
  readonly chunks?: z.infer<typeof Chunk>[] | undefined;
}

/** What a message is after more was streamed into it. */
function grown(state: State, message: Pick<FakeMessage, 'text' | 'blocks'>, piece: Piece) {
  const given = [...(piece.markdown_text ? [{ type: 'markdown_text' as const, text: piece.markdown_text }] : [])];
  let said = message.text;
  let own = (message.blocks ?? []).filter((block) => block.type !== 'rich_text');
  for (const chunk of [...given, ...(piece.chunks ?? [])]) {
    if (chunk.type === 'markdown_text') {
      if (chunk.text.length > mostInChunk) throw new Refused('msg_too_long');
      said += chunk.text;
    } else if (chunk.type === 'blocks') {
      refuseBadBlocks(chunk.blocks);
      own = [...own, ...settleBlocks(chunk.blocks, state.nextId)];
    } else own = withTask(own, chunk, state);
  }
  if (own.length > 50) throw new Refused('msg_blocks_too_many');
  return { text: said, blocks: [...own, ...(said ? [richText(said, state.nextId('blk'))] : [])] };
}

/** A task's title and status are replaced, its details and output grow. */
function withTask(
  blocks: Json[],
  chunk: Exclude<z.infer<typeof Chunk>, { type: 'markdown_text' | 'blocks' }>,
  state: State,
): Json[] {
  const isSame = (block: Json) =>
    chunk.type === 'plan_update' ? block.type === 'plan' : block.type === 'task_card' && block.task_id === chunk.id;
  const before = blocks.find(isSame) ?? { block_id: state.nextId('blk') };
  const after =
    chunk.type === 'plan_update'
      ? { ...before, type: 'plan', title: chunk.title }
      : {
          ...before,
          type: 'task_card',
          task_id: chunk.id,
          title: chunk.title,
          status: chunk.status,
          ...(chunk.details ? { details: (before.details ?? '') + chunk.details } : {}),
          ...(chunk.output ? { output: (before.output ?? '') + chunk.output } : {}),
          ...(chunk.sources ? { sources: chunk.sources } : {}),
        };
  return blocks.some(isSame) ? blocks.map((block) => (isSame(block) ? after : block)) : [...blocks, after];
}

function findStream(
  call: MethodCall,
  args: { channel: string; ts: string },
): { channel: FakeChannel; message: FakeMessage } {
  const { state } = call;
  const channel = findChannel(state, args.channel);
  const message = findMessage(channel, args.ts);
  if (message.user !== state.app.botUserId) throw new Refused('message_not_owned_by_app');
  if (message.stream?.state === 'in_progress' && state.clock.now() - message.stream.startedMs > longestMs) {
    editMessage(call, channel, message, { stream: { ...message.stream, state: 'errored' } });
  }
  return { channel, message };
}

function checkRecipient(
  { state }: MethodCall,
  channel: FakeChannel,
  userId: string | undefined,
  teamId: string | undefined,
): void {
  if (channel.kind === 'im' && !userId && !teamId) return;
  if (!teamId) throw new Refused('missing_recipient_team_id');
  if (!userId) throw new Refused('missing_recipient_user_id');
  const user = state.users.get(userId);
  if (!user) throw new Refused('user_not_found');
  if (user.teamId !== teamId) throw new Refused('team_not_found');
}

export const streamMethods = {
  'chat.startStream': method({
    tier: 2,
    scopes: ['chat:write'],
    args: z.object({
      channel: text,
      thread_ts: text,
      markdown_text: text.optional(),
      chunks,
      recipient_team_id: text.optional(),
      recipient_user_id: text.optional(),
      task_display_mode: z.enum(['timeline', 'plan']).optional(),
      username: text.optional(),
      icon_emoji: text.optional(),
      icon_url: text.optional(),
    }),
    run(args, call) {
      const channel = findPlaceToPost(call, args.channel);
      checkRecipient(call, channel, args.recipient_user_id, args.recipient_team_id);
      const root = findRoot(call, channel, args.thread_ts);
      const content = grown(call.state, { text: '' }, args);
      const thread = root ? { threadTs: root.ts } : {};
      const message = addMessage(call, channel, { ...author(call), ...content, ...thread, isStream: true });
      return { channel: channel.id, ts: message.ts };
    },
  }),

  'chat.appendStream': method({
    tier: 4,
    scopes: ['chat:write'],
    args: z.object({ channel: text, ts: text, markdown_text: text.optional(), chunks }),
    run(args, call) {
      const { channel, message } = findStream(call, args);
      if (message.stream?.state === 'stopped') throw new Refused('stopped_by_user');
      if (message.stream?.state !== 'in_progress') throw new Refused('message_not_in_streaming_state');
      if (!args.markdown_text && !args.chunks?.length) throw new Refused('no_text');
      // Nobody is told of what is appended; people see it, events come with the start and the stop.
      Object.assign(message, grown(call.state, message, args));
      return { channel: channel.id, ts: message.ts };
    },
  }),

  'chat.stopStream': method({
    tier: 2,
    scopes: ['chat:write'],
    args: z.object({
      channel: text,
      ts: text,
      markdown_text: text.optional(),
      chunks,
      blocks: json(z.array(z.looseObject({})), 'invalid_blocks_format').optional(),
      metadata: metadataArg,
      session_status: text.optional(),
    }),
    run(args, call) {
      const { state } = call;
      const { channel, message } = findStream(call, args);
      if (message.stream?.state !== 'in_progress') throw new Refused('message_not_in_streaming_state');
      if (args.blocks) refuseBadBlocks(args.blocks);
      const metadata = readMetadata(args.metadata);
      const content = grown(state, message, args);
      editMessage(call, channel, message, {
        text: content.text,
        blocks: [...content.blocks, ...settleBlocks(args.blocks ?? [], state.nextId)],
        stream: { ...message.stream, state: 'completed' },
        ...(metadata ? { metadata } : {}),
      });
      const rendered = renderMessage(state, channel, message, { metadata: true, counts: false });
      return { channel: channel.id, ts: message.ts, message: rendered };
    },
  }),
};
