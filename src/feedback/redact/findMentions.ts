import type { Finding } from './Finding.ts';

/** As Slack, Discord and we write somebody's id; Slack may put a name behind it. */
const MENTION = /<@!?([A-Za-z0-9_-]{1,64})(?:\|[^<>\n]{0,100})?>/g;

/** Mentions of people by their ids, whether anybody knows them or not. */
export function findMentions(text: string): Finding[] {
  return Array.from(text.matchAll(MENTION), (match) => ({
    kind: 'mention',
    from: match.index,
    to: match.index + match[0].length,
    who: match[1] as string,
  }));
}
