import type { Hub } from './Hub.ts';
import { findOwn } from './interactions.ts';
import { asEmbed, changeOf } from './messageBody.ts';
import { addMessage, deleteMessages, editMessage, makeMessage } from './messages.ts';
import { refusal } from './Refused.ts';
import type { FakeAttachment, FakeMessage, InteractionRecord, Json } from './State.ts';
import { componentsV2, validateMessage } from './validateMessage.ts';

const ephemeral = 64;
const loading = 128;
/** Without embeds of its links, or without a notification. */
const suppressed = 4 | 4096;

interface Given {
  readonly body: Json;
  readonly files: readonly FakeAttachment[];
}

/** Posts what answers an interaction: the answer, its "thinking …", or something after it. */
export function postReply(hub: Hub, record: InteractionRecord, given: Given, how: 'reply' | 'defer' | 'followUp') {
  const { state } = hub;
  const { interaction } = record;
  const channel = state.channels.get(interaction.channelId);
  if (!channel) throw refusal(10003);
  const { body, files } = given;
  if (how !== 'defer') validateMessage(body, files);
  const flags = ((body.flags ?? 0) & (ephemeral | componentsV2 | suppressed)) | (how === 'defer' ? loading : 0);
  const isFollowUp = how === 'followUp';
  const repliedTo = isFollowUp ? record.originalId : record.messageId;
  const isCommand = record.type === 2 && !isFollowUp;
  const draft = {
    authorId: state.app.botUserId,
    content: body.content ?? '',
    embeds: (body.embeds ?? []).map(asEmbed),
    components: body.components ?? [],
    attachments: [...files],
    flags,
    webhookId: state.app.id,
    allowedMentions: body.allowed_mentions,
    type: isCommand ? (record.isMenu ? 23 : 20) : repliedTo === undefined ? 0 : 19,
    ...(isCommand || repliedTo === undefined ? {} : { replyTo: repliedTo }),
    interaction: {
      ...{ id: interaction.id, type: record.type, userId: interaction.userId },
      ...(record.type === 2 ? { name: interaction.name } : {}),
    },
  };
  const message = (flags & ephemeral) === 0 ? addMessage(hub, channel, draft) : makeMessage(state, channel, draft);
  if ((flags & ephemeral) !== 0) {
    channel.ephemerals.set(message.id, Object.assign(message, { forUserId: interaction.userId }));
  }
  if (isFollowUp) record.followUpIds.push(message.id);
  else {
    record.originalId = message.id;
    record.isLoading = how === 'defer';
    record.isEphemeral = (flags & ephemeral) !== 0;
  }
  return message;
}

/** Edits a message of the interaction; the first edit takes "thinking …" away. */
export function editReply(hub: Hub, record: InteractionRecord, id: string, given: Given): FakeMessage {
  const { state } = hub;
  const message = findOwn(state, record, id);
  const channel = state.channels.get(record.interaction.channelId);
  if (!message || !channel) throw refusal(10008);
  const isFirst = record.isLoading && id === record.originalId;
  validateMessage(given.body, given.files, !isFirst);
  const change = changeOf(given, message);
  const flags = ((change.flags ?? message.flags) & ~loading) | (message.flags & ephemeral);
  if (isFirst) record.isLoading = false;
  if (channel.ephemerals.has(id)) {
    Object.assign(message, change, { flags, editedMs: state.clock.now() });
    state.changed();
    return message;
  }
  editMessage(hub, channel, message, { ...change, flags });
  return message;
}

export function deleteReply(hub: Hub, record: InteractionRecord, id: string): void {
  const channel = hub.state.channels.get(record.interaction.channelId);
  if (!channel || !findOwn(hub.state, record, id)) throw refusal(10008);
  if (channel.ephemerals.delete(id)) hub.state.changed();
  else deleteMessages(hub, channel, [id]);
}
