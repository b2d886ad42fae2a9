import type { ChannelKind, FakeChannel, Json } from './State.ts';

const places: Record<ChannelKind, string> = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' };

/** The name of the subscription by which an event comes: `message.channels`, `app_mention` … */
export function subscriptionOf(event: Json, channel: FakeChannel | undefined): string {
  return event.type === 'message' && channel ? `message.${places[channel.kind]}` : event.type;
}

export function channelTypeOf(channel: FakeChannel): string {
  return { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' }[channel.kind];
}

/** `channels:history`, `im:read` … for a channel of that kind. */
export function scopeFor(what: 'history' | 'read' | 'write', kind: ChannelKind): string {
  return `${places[kind]}:${what}`;
}

const scopesOfEvents: Record<string, readonly string[]> = {
  app_mention: ['app_mentions:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  team_join: ['users:read'],
  user_change: ['users:read'],
  team_rename: ['team:read'],
  team_domain_change: ['team:read'],
  assistant_thread_started: ['assistant:write'],
  assistant_thread_context_changed: ['assistant:write'],
  subteam_created: ['usergroups:read'],
  subteam_updated: ['usergroups:read'],
  file_shared: ['files:read'],
};

/** An app gets an event only when its token has one of these scopes. https://docs.slack.dev/reference/events */
export function scopesOfEvent(subscription: string): readonly string[] {
  if (subscription.startsWith('message.')) return [`${subscription.slice('message.'.length)}:history`];
  if (subscription.startsWith('channel_')) return ['channels:read'];
  if (subscription.startsWith('group_')) return ['groups:read'];
  if (subscription.startsWith('im_')) return ['im:read'];
  return scopesOfEvents[subscription] ?? [];
}
