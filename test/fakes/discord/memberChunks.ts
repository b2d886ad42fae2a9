import { intentBits } from './intents.ts';
import { renderMember } from './render/people.ts';
import type { Json, State } from './State.ts';
import type { Session, Sessions } from './sessions.ts';

/** Op 8. The whole list needs the GuildMembers intent; named people and a name's beginning do not. */
export function sendMembers(state: State, sessions: Sessions, session: Session, d: Json): void {
  const guild = state.guilds.get(d?.guild_id);
  if (!guild) return;
  const ids: string[] | undefined = d.user_ids === undefined ? undefined : [d.user_ids].flat();
  const isWhole = ids === undefined && (d.query ?? '') === '';
  if (isWhole && (session.intents & intentBits.GuildMembers) === 0) {
    state.violations.push('gateway: all members asked for without the GuildMembers intent');
    return;
  }
  const found = [...guild.members.values()].filter(({ userId, nick }) => {
    if (ids) return ids.includes(userId);
    const name = nick ?? state.users.get(userId)?.name ?? '';
    return name.toLowerCase().startsWith(String(d.query ?? '').toLowerCase());
  });
  const limited = d.limit > 0 ? found.slice(0, d.limit) : found;
  sessions.send(session, 'GUILD_MEMBERS_CHUNK', {
    guild_id: guild.id,
    members: limited.map((member) => renderMember(state, member)),
    chunk_index: 0,
    chunk_count: 1,
    ...(ids ? { not_found: ids.filter((id) => !guild.members.has(id)) } : {}),
    ...(d.nonce === undefined ? {} : { nonce: d.nonce }),
  });
}
