/** Where a question was asked, from its id alone. */
export type QuestionParts =
  | { readonly kind: 'message'; readonly guildId: string; readonly channelId: string; readonly messageId: string }
  | {
      readonly kind: 'interaction';
      readonly guildId: string;
      readonly channelId: string;
      readonly interactionId: string;
      /** Only the asker sees the answer. */
      readonly isPrivate: boolean;
    };

const MESSAGE = /^discord:m:(\d+):(\d+):(\d+)$/;
const INTERACTION = /^discord:i:(\d+):(\d+):(\d+):(open|private)$/;

/**
 * The id of a question: Discord's own names for it, so that it is the same however often it is told, and its place is
 * found from the id alone. `guildId` is `0` in direct conversations.
 */
export function questionId(parts: QuestionParts): string {
  const { guildId, channelId } = parts;
  if (parts.kind === 'message') return `discord:m:${guildId}:${channelId}:${parts.messageId}`;
  return `discord:i:${guildId}:${channelId}:${parts.interactionId}:${parts.isPrivate ? 'private' : 'open'}`;
}

/** Undefined for an id that is not made by `questionId`. */
export function readQuestionId(id: string): QuestionParts | undefined {
  const [, guildId, channelId, messageId] = MESSAGE.exec(id) ?? [];
  if (guildId && channelId && messageId) return { kind: 'message', guildId, channelId, messageId };
  const [, guild, channel, interactionId, seen] = INTERACTION.exec(id) ?? [];
  if (!guild || !channel || !interactionId) return undefined;
  return { kind: 'interaction', guildId: guild, channelId: channel, interactionId, isPrivate: seen === 'private' };
}
