import { madeAtMs } from '../createState.ts';
import type { ChannelKind, FakeChannel, FakeGuild, Json, State } from '../State.ts';
import { iso, renderMember, renderRole, renderUser } from './people.ts';
import { trim } from './trim.ts';

export const channelTypes: Readonly<Record<ChannelKind, number>> = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
  media: 16,
};

/** A channel, thread or DM as the bot is told of it. */
export function renderChannel(state: State, channel: FakeChannel): Json {
  if (channel.kind === 'dm') {
    const recipients = [renderUser(state, channel.recipientId ?? '')];
    const whole = { id: channel.id, type: 1, flags: 0, last_message_id: channel.lastMessageId ?? null, recipients };
    return trim(state, whole, ['flags', 'last_message_id']);
  }
  const common = {
    id: channel.id,
    type: channelTypes[channel.kind],
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId ?? null,
    last_message_id: channel.lastMessageId ?? null,
    rate_limit_per_user: 0,
    flags: 0,
  };
  const optional = ['last_message_id', 'rate_limit_per_user', 'flags'];
  if (channel.thread) return trim(state, { ...common, ...renderThread(state, channel) }, optional);
  const whole = {
    ...common,
    position: channel.position,
    topic: channel.topic,
    nsfw: false,
    permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
      ...{ id, type: type === 'role' ? 0 : 1 },
      ...{ allow: String(allow), deny: String(deny) },
    })),
    ...(channel.kind === 'forum' || channel.kind === 'media'
      ? {
          available_tags: channel.tags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  };
  const bare = ['topic', 'nsfw', 'default_reaction_emoji', 'default_sort_order', 'default_forum_layout'];
  return trim(state, whole, channel.parentId ? [...optional, ...bare] : [...optional, ...bare, 'parent_id']);
}

function renderThread(state: State, channel: FakeChannel): Json {
  const thread = channel.thread;
  if (!thread) return {};
  const begun = channel.messages.values().next().value;
  // What it began with does not count.
  const count = channel.messages.size - (begun && (begun.type === 21 || begun.id === channel.id) ? 1 : 0);
  const joinedMs = thread.members.get(state.app.botUserId);
  return {
    owner_id: thread.ownerId,
    message_count: count,
    total_message_sent: count,
    member_count: Math.min(50, thread.members.size),
    thread_metadata: {
      archived: thread.isArchived,
      archive_timestamp: iso(thread.archivedMs),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.isLocked,
      create_timestamp: iso(madeAtMs(channel.id)),
      ...(channel.kind === 'privateThread' ? { invitable: true } : {}),
    },
    ...(thread.appliedTags.length > 0 ? { applied_tags: thread.appliedTags } : {}),
    ...(joinedMs === undefined ? {} : { member: threadMember(channel.id, state.app.botUserId, joinedMs) }),
  };
}

export function threadMember(threadId: string, userId: string, joinedMs: number): Json {
  return { id: threadId, user_id: userId, join_timestamp: iso(joinedMs), flags: 0 };
}

/** What `GET /guilds/:guild` says, and GUILD_UPDATE. */
export function renderGuild(state: State, guild: FakeGuild): Json {
  const whole = {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: [...guild.roles.values()].map((role) => renderRole(state, guild, role)),
    emojis: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    preferred_locale: 'en-US',
    public_updates_channel_id: null,
    nsfw_level: 0,
    stickers: [],
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
  };
  const needed = ['id', 'name', 'owner_id', 'roles'];
  return trim(
    state,
    whole,
    Object.keys(whole).filter((key) => !needed.includes(key)),
  );
}

/** GUILD_CREATE: with its channels, and its active threads as far as the bot may see them. */
export function renderFullGuild(state: State, guild: FakeGuild, sees: (channel: FakeChannel) => boolean): Json {
  const own = [...state.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const bot = guild.members.get(state.app.botUserId);
  const whole = {
    ...renderGuild(state, guild),
    joined_at: iso(bot?.joinedMs ?? 0),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [renderMember(state, bot)] : [],
    channels: own.filter(({ thread }) => !thread).map((channel) => renderChannel(state, channel)),
    threads: own
      .filter((channel) => channel.thread && !channel.thread.isArchived && sees(channel))
      .map((channel) => renderChannel(state, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
  const optional = ['large', 'presences', 'voice_states', 'stage_instances', 'guild_scheduled_events'];
  return trim(state, whole, [...optional, 'soundboard_sounds', 'threads', 'unavailable', 'joined_at']);
}
