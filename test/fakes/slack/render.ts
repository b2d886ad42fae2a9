import type { FakeChannel, FakeFile, FakeMessage, FakeUser, Json, State } from './State.ts';

/** The team at the other end of externally shared channels. */
export const otherTeamId = 'T0OTHER01';

/** A message as conversations.history gives it, its thread counted. Metadata only when asked for. */
export function renderMessage(
  state: State,
  channel: FakeChannel,
  message: FakeMessage,
  options: { readonly metadata?: boolean; readonly counts?: boolean } = {},
): Json {
  const { metadata = false, counts = true } = options;
  const parent = message.threadTs ? channel.messages.get(message.threadTs) : undefined;
  return {
    ...(message.subtype ? { subtype: message.subtype } : {}),
    ...(message.user ? { user: message.user } : {}),
    type: 'message',
    ts: message.ts,
    ...(message.clientMsgId ? { client_msg_id: message.clientMsgId } : {}),
    ...(message.botId
      ? { bot_id: message.botId, app_id: message.appId, bot_profile: botProfile(state, message.botId) }
      : {}),
    ...(message.username ? { username: message.username } : {}),
    text: message.text,
    ...(message.user ? { team: state.users.get(message.user)?.teamId ?? state.team.id } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.files.length > 0 ? { files: renderFiles(state, message.files) } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(parent && parent !== message && parent.user ? { parent_user_id: parent.user } : {}),
    ...(counts ? threadCounts(channel, message) : {}),
    ...(message.reactions.size > 0 ? { reactions: renderReactions(message) } : {}),
    ...(message.stream ? { streaming_state: message.stream.state } : {}),
    ...(metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...message.extra,
  };
}

export function repliesOf(channel: FakeChannel, threadTs: string): FakeMessage[] {
  return [...channel.messages.values()].filter((one) => one.threadTs === threadTs && one.ts !== threadTs);
}

function threadCounts(channel: FakeChannel, message: FakeMessage): Json {
  const replies = repliesOf(channel, message.ts);
  if (replies.length === 0) return {};
  const people = [...new Set(replies.flatMap((reply) => reply.user ?? []))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: people.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: people,
    is_locked: false,
    subscribed: false,
  };
}

export function renderReactions(message: FakeMessage): Json[] {
  return [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }));
}

function renderFiles(state: State, fileIds: readonly string[]): Json[] {
  return fileIds.map((id) => {
    const file = state.files.get(id);
    return file && !file.isDeleted ? renderFile(state, file) : { id, mode: 'tombstone' };
  });
}

export function renderFile(state: State, file: FakeFile): Json {
  const url = `https://files.slack.com/files-pri/${state.team.id}-${file.id}/${file.name}`;
  const seconds = Math.floor(state.clock.now() / 1000);
  return {
    id: file.id,
    created: seconds,
    timestamp: seconds,
    name: file.name,
    title: file.name,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1),
    user: file.userId,
    user_team: state.team.id,
    mode: 'hosted',
    is_external: false,
    is_public: file.channelIds.some((id) => state.channels.get(id)?.kind === 'public'),
    size: file.size,
    url_private: url,
    url_private_download: `${url}?download`,
    permalink: `https://${state.team.domain}.slack.com/files/${file.userId}/${file.id}/${file.name}`,
    channels: file.channelIds,
  };
}

export function renderUser(state: State, user: FakeUser): Json {
  const isStranger = user.teamId !== state.team.id;
  const names = { real_name: user.realName, display_name: user.name, email: `${user.name}@example.com` };
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    tz: 'Etc/UTC',
    tz_label: 'UTC',
    tz_offset: 0,
    profile: { ...names, team: user.teamId, ...(user.botId ? { bot_id: user.botId, api_app_id: user.appId } : {}) },
    is_bot: user.isBot,
    is_app_user: false,
    updated: Math.floor(state.clock.now() / 1000),
    // Slack leaves the following out for people of other teams and for those who left.
    ...(user.deleted
      ? {}
      : {
          is_admin: user.isAdmin,
          is_owner: false,
          is_primary_owner: false,
          is_restricted: user.guest !== 'no',
          is_ultra_restricted: user.guest === 'single-channel',
        }),
    ...(isStranger ? { is_stranger: true } : {}),
  };
}

export function renderChannel(state: State, channel: FakeChannel): Json {
  const created = Math.floor(channel.createdMs / 1000);
  const { botUserId } = state.app;
  if (channel.kind === 'im') {
    const other = [...channel.members].find((id) => id !== botUserId) ?? botUserId;
    return {
      id: channel.id,
      created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: state.team.id,
      user: other,
      is_user_deleted: state.users.get(other)?.deleted ?? false,
      updated: channel.createdMs,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public' || (channel.kind === 'private' && channel.id.startsWith('C')),
    is_group: channel.kind === 'private' && channel.id.startsWith('G'),
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    created,
    creator: channel.creator,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    is_frozen: false,
    is_read_only: false,
    is_thread_only: false,
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_ext_shared: channel.isExtShared,
    pending_shared: [],
    context_team_id: state.team.id,
    updated: channel.createdMs,
    parent_conversation: null,
    shared_team_ids: [state.team.id, ...(channel.isExtShared ? [otherTeamId] : [])],
    pending_connected_team_ids: [],
    is_member: channel.members.has(botUserId),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    previous_names: [],
  };
}

export function botProfile(state: State, botId: string): Json {
  return {
    id: botId,
    app_id: state.app.id,
    user_id: state.app.botUserId,
    name: state.app.name,
    deleted: false,
    team_id: state.team.id,
    updated: 1_790_000_000,
    icons: { image_36: 'https://a.slack-edge.com/36.png', image_48: 'https://a.slack-edge.com/48.png' },
  };
}
