import { z } from 'zod';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { channelsSchema, guildSchema, rolesSchema } from './facts.ts';

/** All that GUILD_CREATE would say of a server, asked for. Errors as DiscordApi's. */
export async function lookAtServer(api: DiscordApi, guildId: string): Promise<object> {
  const priority = 'answer' as const;
  const guild = await api.call('GET', `/guilds/${guildId}`, { priority, answer: z.looseObject({}) });
  const channels = await api.call('GET', `/guilds/${guildId}/channels`, { priority, answer: channelsSchema });
  const roles =
    guildSchema.safeParse(guild).data?.roles ??
    (await api.call('GET', `/guilds/${guildId}/roles`, { priority, answer: rolesSchema }));
  const active = { priority, answer: z.object({ threads: channelsSchema }), brief: true };
  const { threads } = await api.call('GET', `/guilds/${guildId}/threads/active`, active).catch(() => ({ threads: [] }));
  return rawAgain({ ...guild, id: guildId, unavailable: false, roles, channels, threads });
}

/** What was read once already, as Discord writes it: permissions are text there. */
export function rawAgain(read: object): object {
  const text = JSON.stringify(read, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return JSON.parse(text) as object;
}
