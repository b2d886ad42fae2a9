import { directChannel } from './createState.ts';
import type { MethodCall } from './Method.ts';
import { Refused } from './Refused.ts';
import type { FakeChannel, FakeMessage, State } from './State.ts';
import { scopeFor } from './subscriptions.ts';

/** A channel as the app may know of it: public ones, and those it is in. Any other does not exist. */
export function findChannel(state: State, id: string | undefined): FakeChannel {
  const named = id?.startsWith('#') ? [...state.channels.values()].find((one) => one.name === id.slice(1)) : undefined;
  const channel = named ?? state.channels.get(id ?? '');
  const isKnown = channel?.kind === 'public' || channel?.members.has(state.app.botUserId);
  if (!channel || channel.isDeleted || !isKnown) throw new Refused('channel_not_found');
  return channel;
}

/** Where a post goes: a channel that the app may write to, or the DM with a person. */
export function findPlaceToPost(call: MethodCall, id: string): FakeChannel {
  const { state, token } = call;
  if (/^[UW]/.test(id) && state.users.has(id)) return directChannel(state, [id, state.app.botUserId]);
  const channel = findChannel(state, id);
  if (channel.isArchived) throw new Refused('is_archived');
  const isIn = channel.members.has(state.app.botUserId);
  if (!isIn && !token.scopes.includes('chat:write.public')) throw new Refused('not_in_channel');
  return channel;
}

/** A channel whose messages the app may read. */
export function findChannelToRead(call: MethodCall, id: string): FakeChannel {
  const channel = findChannel(call.state, id);
  needScope(call, scopeFor('history', channel.kind));
  if (!channel.members.has(call.state.app.botUserId)) throw new Refused('not_in_channel');
  return channel;
}

export function needScope({ token }: MethodCall, scope: string): void {
  if (!token.scopes.includes(scope)) {
    throw new Refused('missing_scope', { needed: scope, provided: token.scopes.join(',') });
  }
}

export function findMessage(channel: FakeChannel, ts: string): FakeMessage {
  const message = channel.messages.get(ts);
  if (!message) throw new Refused('message_not_found');
  return message;
}
