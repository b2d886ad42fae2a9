import { may } from './permissions.ts';
import type { FakeChannel, FakeMessage, Json, State } from './State.ts';

type Mentions = Pick<FakeMessage, 'mentions' | 'mentionRoles' | 'mentionEveryone'>;

/**
 * Whom a message notifies: https://docs.discord.com/developers/resources/message#allowed-mentions-object. Without
 * `allowed` everybody that it names, and the author of what it answers.
 */
export function readMentions(
  state: State,
  channel: FakeChannel,
  authorId: string,
  content: string,
  more: { readonly repliedTo?: string | undefined; readonly allowed?: Json },
): Mentions {
  const { allowed, repliedTo } = more;
  const named = [...content.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id).filter((id) => state.users.has(id));
  const roles = [...content.matchAll(/<@&(\d+)>/g)].map(([, id = '']) => id);
  const isAllowed = (kind: 'users' | 'roles', id: string) =>
    !allowed || (allowed.parse ?? []).includes(kind) || (allowed[kind] ?? []).includes(id);
  const mentions = new Set(named.filter((id) => isAllowed('users', id)));
  if (repliedTo !== undefined && repliedTo !== authorId && (allowed ? allowed.replied_user === true : true)) {
    mentions.add(repliedTo);
  }
  const everyone = /@everyone|@here/.test(content) && (!allowed || (allowed.parse ?? []).includes('everyone'));
  return {
    mentions: [...mentions],
    mentionRoles: roles.filter((id) => isAllowed('roles', id)),
    mentionEveryone: everyone && may(state, channel, authorId, 'MentionEveryone'),
  };
}
