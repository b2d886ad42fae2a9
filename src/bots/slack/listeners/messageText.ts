import { showMarkup } from '../../../knowledge/ask/showText.ts';
import { readSlackMessage } from '../../../platforms/slack/readMessage.ts';
import type { Room } from '../Room.ts';

type TextRoom = Pick<Room, 'workspace' | 'names'>;

/** What somebody wrote, as Markdown with people by name; without the mention of the bot itself. */
export function messageText({ workspace, names }: TextRoom, channelId: string, raw: unknown): string {
  const context = { channelId, teamId: workspace.teamId, includeBots: true };
  const reading = readSlackMessage(raw, workspace.domain ? { ...context, domain: workspace.domain } : context);
  if ('skipped' in reading) return '';
  const said = reading.text.replaceAll(`<@${workspace.botUserId}>`, ' ');
  return showMarkup(workspace.space, said, names)
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

export function mentionsBot({ workspace }: Pick<Room, 'workspace'>, text: string): boolean {
  return new RegExp(`<@${workspace.botUserId}(?:\\|[^<>]*)?>`).test(text);
}
