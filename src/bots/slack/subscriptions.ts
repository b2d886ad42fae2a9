/**
 * The events that the app is subscribed to, and what its token must be allowed for each (one of these is enough).
 * https://docs.slack.dev/reference/events. The manifest names these and no more.
 */
export const SUBSCRIPTIONS: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  assistant_thread_started: ['assistant:write'],
  channel_archive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_left: ['channels:read'],
  channel_rename: ['channels:read'],
  channel_shared: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_unshared: ['channels:read'],
  group_archive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  group_rename: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  team_join: ['users:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
};

/** What Slack calls these when they come: all four kinds of messages are a `message`. */
export const EVENT_TYPES = [...new Set(Object.keys(SUBSCRIPTIONS).map((name) => name.split('.')[0] as string))];

export const COMMAND = '/backscroll';
export const ASK_SHORTCUT = 'ask_about_message';
export const SAVE_SHORTCUT = 'save_as_answer';
