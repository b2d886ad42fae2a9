import type { Hub } from '../Hub.ts';
import { channelPermissions, type PermissionName, permissionBits } from '../permissions.ts';
import { invalidForm, refusal } from '../Refused.ts';
import type { FakeChannel, FakeGuild, FakeMessage } from '../State.ts';

/** A channel that the bot may see, with these permissions in it. */
export function channelFor(hub: Hub, id: string | undefined, ...needed: readonly PermissionName[]): FakeChannel {
  const { state } = hub;
  const channel = state.channels.get(id ?? '');
  if (!channel) throw refusal(10003);
  const all = channelPermissions(state, channel, state.app.botUserId);
  if ((all & permissionBits.ViewChannel) === 0n) throw refusal(50001);
  for (const name of needed) if ((all & permissionBits[name]) === 0n) throw refusal(50013);
  return channel;
}

export function messageIn(channel: FakeChannel, id: string | undefined): FakeMessage {
  const message = channel.messages.get(id ?? '');
  if (!message) throw refusal(10008);
  return message;
}

/** A guild that the bot is in. */
export function guildFor(hub: Hub, id: string | undefined): FakeGuild {
  const guild = hub.state.guilds.get(id ?? '');
  if (!guild?.isAvailable) throw refusal(10004);
  if (!guild.members.has(hub.state.app.botUserId)) throw refusal(50001);
  return guild;
}

/** A whole number of a query, within bounds. */
export function numberOf(query: URLSearchParams, name: string, usual: number, least: number, most: number): number {
  const given = query.get(name);
  if (given === null) return usual;
  const value = Number(given);
  if (!Number.isInteger(value) || value < least || value > most) throw outOfBounds(name, least, most);
  return value;
}

function outOfBounds(name: string, least: number, most: number) {
  return invalidForm({ [name]: ['NUMBER_TYPE_MAX', `int value should be between ${least} and ${most}.`] });
}
