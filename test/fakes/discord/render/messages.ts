import type { FakeAttachment, FakeMessage, Json, State } from '../State.ts';
import { channelTypes } from './channels.ts';
import { iso, renderMember, renderUser } from './people.ts';
import { trim } from './trim.ts';

export interface MessageView {
  /** The message content intent is held. */
  readonly hasContent: boolean;
  /** Over the gateway: with `guild_id` and `member`. */
  readonly asEvent?: boolean;
  /** As it is made: with its nonce, which is never told again. */
  readonly isNew?: boolean;
}

/** A message as the bot gets it; without the content intent empty, but for its own, DMs and those that name it. */
export function renderMessage(state: State, message: FakeMessage, view: MessageView, isReferenced = false): Json {
  const channel = state.channels.get(message.channelId);
  const guild = state.guilds.get(channel?.guildId ?? '');
  const member = guild?.members.get(message.authorId);
  const hasContent = view.hasContent || isOpenTo(state, message);
  const whole = {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: renderUser(state, message.authorId),
    content: hasContent ? message.content : '',
    embeds: hasContent ? message.embeds : [],
    components: hasContent ? message.components : [],
    attachments: hasContent ? message.attachments.map((one) => renderAttachment(state, message.channelId, one)) : [],
    timestamp: iso(message.atMs),
    edited_timestamp: message.editedMs === undefined ? null : iso(message.editedMs),
    tts: false,
    mention_everyone: message.mentionEveryone,
    mentions: message.mentions.map((id) => mentioned(id)),
    mention_roles: message.mentionRoles,
    pinned: message.isPinned,
    flags: message.flags | (state.channels.get(message.id)?.thread ? 32 : 0),
    ...(message.nonce === undefined || !view.isNew ? {} : { nonce: message.nonce }),
    ...(message.webhookId === undefined ? {} : { webhook_id: message.webhookId, application_id: state.app.id }),
    ...reactionsOf(),
    ...referenceOf(),
    ...interactionOf(),
    ...threadOf(),
    // discord.js drops a DM whose channel it does not know when this is missing.
    ...(view.asEvent && channel ? { channel_type: channelTypes[channel.kind] } : {}),
    ...(view.asEvent && guild ? { guild_id: guild.id } : {}),
    ...(view.asEvent && member ? { member: renderMember(state, member, false) } : {}),
  };
  const optional = ['edited_timestamp', 'tts', 'mention_everyone', 'mention_roles', 'pinned', 'flags', 'components'];
  const empty = message.embeds.length === 0 ? ['embeds'] : [];
  if (state.sparse.objects === 'bare' || channel?.kind !== 'dm') empty.push('channel_type');
  return trim(
    state,
    whole,
    optional.filter((key) => key !== 'components' || message.components.length === 0).concat(empty),
  );

  function mentioned(id: string): Json {
    const who = view.asEvent ? guild?.members.get(id) : undefined;
    return { ...renderUser(state, id), ...(who ? { member: renderMember(state, who, false) } : {}) };
  }
  function reactionsOf(): Json {
    if (message.reactions.size === 0 || view.asEvent) return {};
    return {
      reactions: [...message.reactions].map(([key, users]) => ({
        emoji: emojiOf(key),
        count: users.size,
        count_details: { burst: 0, normal: users.size },
        burst_colors: [],
        me_burst: false,
        burst_me: false,
        me: users.has(state.app.botUserId),
        burst_count: 0,
      })),
    };
  }
  function referenceOf(): Json {
    // A thread's first message points at the one that it hangs on.
    if (message.threadId !== undefined) {
      return { message_reference: { type: 0, channel_id: message.threadId, guild_id: guild?.id } };
    }
    if (message.replyTo === undefined) return {};
    const channelId = message.type === 21 ? (channel?.parentId ?? '') : message.channelId;
    const message_reference = {
      type: 0,
      channel_id: channelId,
      message_id: message.replyTo,
      ...(guild ? { guild_id: guild.id } : {}),
    };
    if (isReferenced) return { message_reference };
    const original = state.channels.get(channelId)?.messages.get(message.replyTo);
    const referenced_message = original ? renderMessage(state, original, { hasContent: view.hasContent }, true) : null;
    return { message_reference, referenced_message };
  }
  function interactionOf(): Json {
    const asked = message.interaction;
    if (!asked) return {};
    const owners = { authorizing_integration_owners: guild ? { 0: guild.id } : { 0: '0' } };
    return {
      interaction_metadata: {
        ...{ id: asked.id, type: asked.type, user: renderUser(state, asked.userId) },
        ...owners,
        ...(asked.name === undefined ? {} : { name: asked.name }),
      },
    };
  }
  function threadOf(): Json {
    const thread = state.channels.get(message.id);
    if (!thread?.thread || view.asEvent || thread.parentId !== message.channelId) return {};
    return { thread: { id: thread.id, type: 11, guild_id: thread.guildId, name: thread.name, parent_id: channel?.id } };
  }
}

/** The bot's own messages, DMs and messages that name it are readable without the content intent. */
function isOpenTo(state: State, message: FakeMessage): boolean {
  return (
    message.authorId === state.app.botUserId ||
    state.channels.get(message.channelId)?.kind === 'dm' ||
    message.mentions.includes(state.app.botUserId)
  );
}

export function emojiOf(key: string): Json {
  const [name, id] = key.split(':');
  return id === undefined ? { id: null, name } : { id, name, animated: false };
}

function renderAttachment(state: State, channelId: string, one: FakeAttachment): Json {
  const url = `${state.origin}/attachments/${channelId}/${one.id}/${encodeURIComponent(one.name)}`;
  return {
    id: one.id,
    filename: one.name,
    size: one.bytes.length,
    url,
    proxy_url: url,
    content_type: one.type,
    ...(one.isEphemeral ? { ephemeral: true } : {}),
  };
}
