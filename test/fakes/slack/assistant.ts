import type { Events } from './events.ts';
import type { AssistantThread, Json, State } from './State.ts';

/** Where a person was when they opened the assistant pane. */
export function contextOf(state: State, channelId: string | undefined): Json {
  return channelId ? { channel_id: channelId, team_id: state.team.id, enterprise_id: null } : {};
}

/** https://docs.slack.dev/reference/events/assistant_thread_started */
export function announceAssistant(
  { state, events }: { readonly state: State; readonly events: Events },
  type: 'assistant_thread_started' | 'assistant_thread_context_changed',
  thread: AssistantThread,
): void {
  const { userId: user_id, channelId: channel_id, threadTs: thread_ts, context } = thread;
  const channel = state.channels.get(channel_id);
  events.emit(
    { type, assistant_thread: { user_id, context, channel_id, thread_ts }, event_ts: state.nextTs() },
    channel,
  );
}
