import type { App } from '@slack/bolt';
import { sha256 } from '../../../base/hash.ts';
import type { SlackEvent } from '../intake/createIntake.ts';
import type { Room } from '../Room.ts';
import { REASON_VIEW, TELL_MORE_ACTION } from '../render/reasonModal.ts';
import { VOTE_ACTION } from '../render/renderAnswer.ts';
import { ASK_SHORTCUT, COMMAND, EVENT_TYPES, SAVE_SHORTCUT } from '../subscriptions.ts';
import { createAssistantEvents } from './assistantEvents.ts';
import { createAsking } from './createAsking.ts';
import { createCommand } from './createCommand.ts';
import { createShortcuts } from './createShortcuts.ts';
import { type Ack, createVotes } from './createVotes.ts';
import { createHomeEvents } from './homeEvents.ts';
import { createMembershipEvents } from './membershipEvents.ts';
import { createMentionEvents } from './mentionEvents.ts';
import { createMessageEvents } from './messageEvents.ts';
import { createReactionEvents } from './reactionEvents.ts';

function eventIdOf(body: unknown): string {
  const { event_id, event } = body as { event_id?: unknown; event?: unknown };
  return typeof event_id === 'string' ? event_id : sha256(JSON.stringify(event));
}

type Handle = (event: unknown, eventId: string) => Promise<void>;

/** Listens with Bolt to everything that the app is subscribed to. @returns whether an event is any business of ours */
export function listen(bolt: App, room: Room): (event: SlackEvent) => Promise<boolean> {
  const asking = createAsking(room);
  const votes = createVotes(room);
  const messages = createMessageEvents(room, asking);
  const reactions = createReactionEvents(room, votes);
  const membership = createMembershipEvents(room);
  const command = createCommand(room, asking);
  const shortcuts = createShortcuts(room, asking, votes);

  const handlers: Readonly<Record<string, Handle>> = {
    app_home_opened: createHomeEvents(room),
    app_mention: createMentionEvents(room, asking),
    app_uninstalled: async () => room.onRevoked('The app was taken out of the workspace.'),
    assistant_thread_started: createAssistantEvents(room),
    channel_deleted: membership.closed,
    channel_left: membership.left,
    channel_rename: membership.changed,
    channel_shared: membership.closed,
    channel_unshared: membership.changed,
    group_left: membership.left,
    group_rename: membership.changed,
    member_joined_channel: membership.member,
    member_left_channel: membership.member,
    message: messages.handle,
    reaction_added: reactions.handle,
    reaction_removed: reactions.handle,
    team_join: membership.person,
    tokens_revoked: async (event) => {
      // People take back their own tokens too; we have none of those.
      const { bot } = (event as { tokens?: { bot?: unknown } }).tokens ?? {};
      if (Array.isArray(bot) && bot.length > 0) room.onRevoked('The bot’s token was revoked.');
    },
    user_change: membership.person,
  };

  for (const type of EVENT_TYPES) {
    const handle = handlers[type];
    if (!handle) continue;
    bolt.event(type, async ({ event, body }) => handle(event, eventIdOf(body)));
  }
  bolt.action(VOTE_ACTION, ({ body, ack }) => votes.clicked(body, ack as Ack));
  bolt.action(TELL_MORE_ACTION, ({ body, ack }) => votes.tellMore(body, ack as Ack));
  bolt.view(REASON_VIEW, ({ body, ack }) => votes.submitted(body, ack as Ack));
  bolt.command(COMMAND, ({ body, ack }) =>
    command(body, (text) => (text === undefined ? ack() : ack({ response_type: 'ephemeral', text }))),
  );
  bolt.shortcut(ASK_SHORTCUT, ({ body, ack }) => shortcuts.ask(body, ack as () => Promise<void>));
  bolt.shortcut(SAVE_SHORTCUT, ({ body, ack }) => shortcuts.save(body, ack as () => Promise<void>));

  return async (event) => {
    if (!Object.hasOwn(handlers, event.type)) return false;
    if (event.type === 'message') return messages.isWanted(event);
    if (event.type.startsWith('reaction_')) return reactions.isWanted(event);
    return true;
  };
}
