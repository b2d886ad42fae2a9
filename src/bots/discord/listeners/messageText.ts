import { showMarkup } from '../../../knowledge/ask/showText.ts';
import { readLiveMessage } from '../../../platforms/discord/liveMessage.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import type { Room } from '../Room.ts';

/** What somebody wrote, as Markdown with people by name; without the mention of the bot itself. */
export function messageText(
  { identity, store }: Pick<Room, 'identity' | 'store'>,
  guildId: string,
  channelId: string,
  raw: unknown,
): string {
  const { message } = readLiveMessage(raw, { guildId, channelId, includeBots: true });
  if ('skipped' in message) return '';
  const said = message.text.replaceAll(`<@${identity.botUserId}>`, ' ');
  return showMarkup(spaceOf(guildId), said, store.names)
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}
