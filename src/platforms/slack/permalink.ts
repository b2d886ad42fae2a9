import type { SlackContext } from './SlackMessage.ts';

type Place = Pick<SlackContext, 'channelId' | 'teamId' | 'domain'>;

/**
 * The link that opens a message for people.
 * - With the workspace's domain: Slack's own permalink (what `chat.getPermalink` gives), which browser, desktop and
 *   phone all understand.
 * - Without it, with the team: the web client's address. It asks for a sign-in if need be and opens the right channel
 *   of the right workspace even where it does not know how to jump to the message. `slack://…` would do so too, but
 *   only with the app installed, and browsers, mail and most renderers of Markdown refuse to link it.
 * - With neither (an old export without any team id): slack.com finds the channel in the workspaces one is signed in to.
 *
 * @param ts with six digits; `threadId` the ts of its thread's root, for a reply
 */
export function messagePermalink(place: Place, ts: string, threadId?: string): string {
  const isReply = threadId !== undefined && threadId !== ts;
  const point = `p${ts.replace('.', '')}`;
  const { channelId, teamId, domain } = place;
  if (!domain && teamId) {
    const client = `https://app.slack.com/client/${teamId}/${channelId}`;
    return isReply ? `${client}/thread/${channelId}-${threadId}` : `${client}/${point}`;
  }
  const link = `${archives(domain)}/${channelId}/${point}`;
  return isReply ? `${link}?thread_ts=${threadId}&cid=${channelId}` : link;
}

/** The link that opens a channel; the same choice as for a message. */
export function channelPermalink({ channelId, teamId, domain }: Place): string {
  if (!domain && teamId) return `https://app.slack.com/client/${teamId}/${channelId}`;
  return `${archives(domain)}/${channelId}`;
}

function archives(domain: string | undefined): string {
  return domain ? `https://${domain}.slack.com/archives` : 'https://slack.com/archives';
}
