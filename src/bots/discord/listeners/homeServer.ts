import { statusOf } from '../../../platforms/discord/api/failure.ts';
import { guildOf, spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import type { Room } from '../Room.ts';

const LOOKED_AT = 25;
const key = (personId: string) => `discord:home:${personId}`;

/** In which server somebody is answered who asks in private: servers are islands, so it is one of them. */
export function rememberServer({ store }: Pick<Room, 'store'>, personId: string, guildId: string): void {
  if (store.settings.get(key(personId)) !== guildId) store.settings.set(key(personId), guildId);
}

/**
 * The server that somebody did something in last, or the only one that we share; else those to choose from.
 * Errors as DiscordApi's.
 */
export async function serverFor(
  room: Room,
  personId: string,
): Promise<{ readonly guildId: string } | { readonly choices: readonly { id: string; name: string }[] }> {
  const remembered = room.store.settings.get(key(personId));
  if (remembered && (await isMember(room, remembered, personId))) return { guildId: remembered };
  const shared: string[] = [];
  for (const guildId of room.servers.ids().slice(0, LOOKED_AT)) {
    if (await isMember(room, guildId, personId)) shared.push(guildId);
  }
  const [only] = shared;
  if (only && shared.length === 1) return { guildId: only };
  return { choices: shared.map((id) => ({ id, name: room.servers.get(id)?.name ?? id })) };
}

async function isMember({ membership, store }: Room, guildId: string, personId: string): Promise<boolean> {
  const space = spaceOf(guildId);
  try {
    await membership.ensure({ kind: 'person', space, personId });
  } catch (error) {
    if (statusOf(error) === 403 || statusOf(error) === 404) return false;
    throw error;
  }
  return store.discordMembers.list(space).some((member) => member.personId === personId) && guildOf(space) === guildId;
}
