import { z } from 'zod';
import { contentArgs, readContent } from './content.ts';
import { addMessage, deleteMessage, editMessage } from './conversation.ts';
import type { Events } from './events.ts';
import { Refused } from './Refused.ts';
import type { FakeChannel, Json, State } from './State.ts';

const Body = z.looseObject({
  ...contentArgs,
  response_type: z.enum(['in_channel', 'ephemeral']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

const goodForMs = 30 * 60_000;
const mostUses = 5;

/** What an app says by a `response_url`: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export function answerResponseUrl(
  { state, events }: { readonly state: State; readonly events: Events },
  id: string,
  body: Json,
): { readonly status: number; readonly text: string } {
  const url = state.responseUrls.get(id);
  const channel = state.channels.get(url?.channelId ?? '');
  if (!url || !channel) return { status: 404, text: JSON.stringify({ ok: false, error: 'invalid_url' }) };
  if (state.clock.now() - url.atMs > goodForMs)
    return { status: 404, text: JSON.stringify({ ok: false, error: 'expired_url' }) };
  if (url.uses >= mostUses) return { status: 404, text: JSON.stringify({ ok: false, error: 'used_url' }) };
  const answer = sayBack({ state, events }, channel, url, body);
  if (answer.status === 200) url.uses += 1;
  return answer;
}

/** Shows what the app answers to the person who clicked or ran a command, or to all. */
export function sayBack(
  { state, events }: { readonly state: State; readonly events: Events },
  channel: FakeChannel,
  to: { readonly userId: string; readonly messageTs?: string },
  body: Json,
): { readonly status: number; readonly text: string } {
  try {
    const parsed = Body.parse(body);
    const original = to.messageTs ? channel.messages.get(to.messageTs) : undefined;
    const ephemeral = channel.ephemerals.findIndex((one) => one.ts === to.messageTs);
    const shown = channel.ephemerals[ephemeral];
    if (parsed.delete_original) {
      if (original) deleteMessage({ state, events }, channel, original);
      if (ephemeral >= 0) channel.ephemerals.splice(ephemeral, 1);
    } else {
      const { warnings: _, ...content } = readContent(state, parsed);
      const thread = parsed.thread_ts ? { threadTs: parsed.thread_ts } : {};
      if (parsed.replace_original && original) editMessage({ state, events }, channel, original, content);
      else if (parsed.replace_original && shown) Object.assign(shown, content);
      else if (parsed.response_type === 'in_channel') {
        const { botUserId: user, botId, id: appId } = state.app;
        addMessage({ state, events }, channel, { user, botId, appId, ...content, ...thread });
      } else channel.ephemerals.push({ ts: state.nextTs(), userId: to.userId, ...content, ...thread });
    }
    state.changed();
    return { status: 200, text: 'ok' };
  } catch (error) {
    const name = error instanceof Refused ? error.error : 'invalid_payload';
    state.violations.push(`response_url: ${name}`);
    return { status: error instanceof Refused ? 500 : 400, text: name };
  }
}
