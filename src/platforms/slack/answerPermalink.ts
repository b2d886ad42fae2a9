import { messagePermalink } from './permalink.ts';

/**
 * The link to a message of ours in a channel whose own link is known.
 * @param channelUrl as `channelPermalink` gives it
 */
export function answerPermalink(
  channelUrl: string,
  spaceId: string,
  post: { readonly channelId: string; readonly messageId: string; readonly questionId: string },
): string {
  const domain = /^https:\/\/([a-z0-9][a-z0-9-]{0,60}(?:\.enterprise)?)\.slack\.com\/archives\//.exec(channelUrl)?.[1];
  const teamId = /^slack:([A-Z0-9]+)$/.exec(spaceId)?.[1];
  const place = { channelId: post.channelId, ...(domain ? { domain } : {}), ...(teamId ? { teamId } : {}) };
  return messagePermalink(place, post.messageId);
}
