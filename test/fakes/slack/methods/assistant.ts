import { z } from 'zod';
import { findChannel } from '../access.ts';
import { json, text } from '../args.ts';
import { type MethodCall, method } from '../Method.ts';
import { Refused, refusedFor } from '../Refused.ts';
import type { AssistantThread } from '../State.ts';

const mostLoadingMessages = 10;
const mostPrompts = 4;

function findThread({ state }: MethodCall, channelId: string, threadTs: string | undefined): AssistantThread {
  const channel = findChannel(state, channelId);
  const thread = threadTs ? channel.assistantThreads.get(threadTs) : [...channel.assistantThreads.values()].at(-1);
  if (!thread) throw new Refused('invalid_thread_ts');
  return thread;
}

/** https://docs.slack.dev/ai/developing-ai-apps */
export const assistantMethods = {
  'assistant.threads.setStatus': method({
    tier: 'status',
    // Any thread that the app may write to has a status, not only those of the assistant pane.
    scopes: ['assistant:write', 'chat:write'],
    args: z.object({
      channel_id: text,
      thread_ts: text,
      status: text,
      loading_messages: json(z.array(z.string()), 'invalid_arguments').optional(),
      icon_emoji: text.optional(),
      icon_url: text.optional(),
      username: text.optional(),
    }),
    run(args, { state }) {
      const channel = findChannel(state, args.channel_id);
      if (!channel.messages.has(args.thread_ts)) throw new Refused('invalid_thread_ts');
      const loadingMessages = args.loading_messages ?? [];
      if (loadingMessages.length > mostLoadingMessages) {
        throw refusedFor('invalid_arguments', [
          `no more than ${mostLoadingMessages} items allowed [json-pointer:/loading_messages]`,
        ]);
      }
      const { status, thread_ts: threadTs } = args;
      state.statuses.push({ channelId: channel.id, threadTs, status, loadingMessages, atMs: state.clock.now() });
      return {};
    },
  }),

  'assistant.threads.setTitle': method({
    tier: 4,
    scopes: ['assistant:write'],
    args: z.object({ channel_id: text, thread_ts: text, title: text }),
    run(args, call) {
      findThread(call, args.channel_id, args.thread_ts).title = args.title;
      return {};
    },
  }),

  'assistant.threads.setSuggestedPrompts': method({
    tier: 4,
    scopes: ['assistant:write'],
    args: z.object({
      channel_id: text,
      thread_ts: text.optional(),
      title: text.optional(),
      prompts: json(z.array(z.strictObject({ title: z.string(), message: z.string() })), 'invalid_arguments'),
    }),
    run({ prompts, title, ...args }, call) {
      const thread = findThread(call, args.channel_id, args.thread_ts);
      if (prompts.length === 0 || prompts.length > mostPrompts) {
        throw refusedFor('invalid_arguments', [`no more than ${mostPrompts} items allowed [json-pointer:/prompts]`]);
      }
      thread.prompts = { ...(title ? { title } : {}), prompts };
      return {};
    },
  }),
};
