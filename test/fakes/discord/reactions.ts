import type { Hub } from './Hub.ts';
import { intentBits } from './intents.ts';
import { botSees, placeOf } from './messages.ts';
import { emojiOf } from './render/messages.ts';
import { renderMember } from './render/people.ts';
import type { FakeChannel, FakeMessage, Json } from './State.ts';

/** Adds or takes a reaction; false when nothing changed. */
export function react(
  hub: Hub,
  channel: FakeChannel,
  message: FakeMessage,
  change: { readonly userId: string; readonly emoji: string; readonly isAdded: boolean },
): boolean {
  const { userId, emoji, isAdded } = change;
  const users = message.reactions.get(emoji) ?? new Set();
  if (users.has(userId) === isAdded) return false;
  if (isAdded) users.add(userId);
  else users.delete(userId);
  if (users.size === 0) message.reactions.delete(emoji);
  else message.reactions.set(emoji, users);
  const member = hub.state.guilds.get(channel.guildId ?? '')?.members.get(userId);
  tell(hub, channel, isAdded ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', {
    user_id: userId,
    message_id: message.id,
    emoji: emojiOf(emoji),
    burst: false,
    type: 0,
    ...(isAdded ? { message_author_id: message.authorId } : {}),
    ...(isAdded && member ? { member: renderMember(hub.state, member) } : {}),
  });
  return true;
}

/** Takes all reactions off, or all of one emoji. */
export function clearReactions(hub: Hub, channel: FakeChannel, message: FakeMessage, emoji?: string): void {
  if (emoji === undefined) {
    message.reactions.clear();
    return void tell(hub, channel, 'MESSAGE_REACTION_REMOVE_ALL', { message_id: message.id });
  }
  if (!message.reactions.delete(emoji)) return;
  tell(hub, channel, 'MESSAGE_REACTION_REMOVE_EMOJI', { message_id: message.id, emoji: emojiOf(emoji) });
}

function tell(hub: Hub, channel: FakeChannel, type: string, data: Json): void {
  if (!botSees(hub.state, channel)) return void hub.state.changed();
  const intents = channel.kind === 'dm' ? intentBits.DirectMessageReactions : intentBits.GuildMessageReactions;
  hub.sessions.emit(type, { ...data, ...placeOf(channel) }, { intents, guildId: channel.guildId });
}
