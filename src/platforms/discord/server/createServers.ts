import { z } from 'zod';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { statusOf } from '../api/failure.ts';
import {
  channelSchema,
  guildSchema,
  isPrivateThread,
  isThread,
  type Overwrite,
  type Role,
  readOverwrites,
  roleSchema,
} from './facts.ts';
import { lookAtServer, rawAgain } from './lookAtServer.ts';

export interface Channel {
  readonly id: string;
  readonly guildId: string;
  readonly type: number;
  readonly name: string;
  readonly parentId?: string;
  /** Undefined where one could not be read. */
  readonly overwrites: readonly Overwrite[] | undefined;
}

export interface Server {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | undefined;
  readonly roles: ReadonlyMap<string, Role>;
  readonly channels: ReadonlyMap<string, Channel>;
}

/** What became of a server by an event. */
export interface ServerChange {
  readonly guildId: string;
  /** Which channels have to be looked at; all of them without it. */
  readonly channelIds?: readonly string[];
  readonly isGone?: boolean;
}

/** The servers that the bot is in, as its events tell; what they leave out is asked for. */
export interface Servers {
  /** Takes in what an event says. @returns what has changed, if anything */
  happened(type: string, data: unknown): ServerChange | undefined;
  /** Asks Discord where it is not known (after a resumed session). Errors as DiscordApi's; undefined: we are not in it. */
  load(guildId: string): Promise<Server | undefined>;
  get(guildId: string): Server | undefined;
  /** Takes in a channel that was asked for. */
  learn(guildId: string, rawChannel: unknown): Channel | undefined;
  ids(): readonly string[];
  /** We are in it, as Discord says; it is to be looked at. */
  expect(guildId: string): void;
  /** Everything is to be looked at again: events may have been missed. */
  forget(): void;
}

type Draft = { -readonly [K in keyof Server]: Server[K] } & {
  roles: Map<string, Role>;
  channels: Map<string, Channel>;
};
const idOnly = z.object({ id: z.string(), guild_id: z.string().optional() });

export function createServers(api: DiscordApi): Servers {
  const servers = new Map<string, Draft>();
  const loading = new Map<string, Promise<Server | undefined>>();
  const unavailable = new Set<string>();
  const touched = new Set<string>();
  /** What events said of servers of which they did not say all. */
  const partial = new Map<string, object>();

  function putChannel(server: Draft, raw: unknown): Channel | undefined {
    const parsed = channelSchema.safeParse(raw);
    if (!parsed.success) return undefined;
    const { id, type, name, parent_id, permission_overwrites } = parsed.data;
    const before = server.channels.get(id);
    const parentId = parent_id === undefined ? before?.parentId : (parent_id ?? undefined);
    const channel = {
      ...{ id, guildId: server.id, type, name: name ?? before?.name ?? id },
      ...(parentId ? { parentId } : {}),
      overwrites:
        permission_overwrites === undefined && before ? before.overwrites : readOverwrites(permission_overwrites),
    };
    server.channels.set(id, channel);
    return channel;
  }

  function putGuild(raw: unknown): ServerChange | undefined {
    const parsed = guildSchema.safeParse(raw);
    if (!parsed.success || parsed.data.unavailable) return undefined;
    const { id, name, owner_id, roles, channels, threads } = parsed.data;
    const before = servers.get(id);
    // Without its roles or channels it has to be asked for.
    if (!before && (!roles || !channels)) {
      unavailable.add(id);
      partial.set(id, parsed.data);
      return { guildId: id };
    }
    const server: Draft = {
      ...{ id, name: name ?? before?.name ?? id, ownerId: owner_id ?? before?.ownerId },
      roles: roles ? new Map(roles.map((role) => [role.id, role])) : (before?.roles ?? new Map()),
      channels: channels ? new Map() : (before?.channels ?? new Map()),
    };
    for (const channel of [...(channels ?? []), ...(threads ?? [])]) putChannel(server, channel);
    servers.set(id, server);
    unavailable.delete(id);
    return { guildId: id };
  }

  async function fetchServer(guildId: string): Promise<Server | undefined> {
    putGuild(await lookAtServer(api, guildId));
    return servers.get(guildId);
  }

  function roleChanged(type: string, data: unknown): ServerChange | undefined {
    const { guild_id, role, role_id } = z
      .object({ guild_id: z.string(), role: z.unknown().optional(), role_id: z.string().optional() })
      .parse(data);
    const server = servers.get(guild_id);
    if (!server) return undefined;
    if (type === 'GUILD_ROLE_DELETE' && role_id) server.roles.delete(role_id);
    else {
      const read = roleSchema.parse(role);
      server.roles.set(read.id, read);
    }
    return { guildId: guild_id };
  }

  function channelChanged(type: string, data: unknown): ServerChange | undefined {
    const { id, guild_id } = idOnly.parse(data);
    const server = guild_id ? servers.get(guild_id) : undefined;
    if (!server || !guild_id) return undefined;
    const before = server.channels.get(id);
    if (type.endsWith('_DELETE')) server.channels.delete(id);
    else putChannel(server, data);
    const now = server.channels.get(id);
    // An open thread has nothing of its own to look at.
    const isOpenThread = (channel: Channel | undefined) =>
      channel !== undefined && isThread(channel.type) && !isPrivateThread(channel.type);
    if ((before === undefined || isOpenThread(before)) && isOpenThread(now)) return undefined;
    return { guildId: guild_id, channelIds: [id] };
  }

  function happened(type: string, data: unknown): ServerChange | undefined {
    switch (type) {
      case 'READY': {
        const { guilds } = z.object({ guilds: z.array(z.unknown()).catch([]) }).parse(data);
        for (const guild of guilds) {
          const known = idOnly.safeParse(guild).data;
          if (known && putGuild(guild) === undefined) unavailable.add(known.id);
        }
        return undefined;
      }
      case 'GUILD_CREATE':
      case 'GUILD_UPDATE':
        return putGuild(data);
      case 'GUILD_DELETE': {
        const { id, unavailable: isAway } = z
          .object({ id: z.string(), unavailable: z.boolean().catch(false) })
          .parse(data);
        if (isAway) return undefined;
        servers.delete(id);
        unavailable.delete(id);
        return { guildId: id, isGone: true };
      }
      case 'GUILD_ROLE_CREATE':
      case 'GUILD_ROLE_UPDATE':
      case 'GUILD_ROLE_DELETE':
        return roleChanged(type, data);
      case 'CHANNEL_CREATE':
      case 'CHANNEL_UPDATE':
      case 'CHANNEL_DELETE':
      case 'THREAD_CREATE':
      case 'THREAD_UPDATE':
      case 'THREAD_DELETE':
        return channelChanged(type, data);
      default:
        return undefined;
    }
  }

  async function loadNow(guildId: string): Promise<Server | undefined> {
    for (;;) {
      touched.delete(guildId);
      const found = await fetchServer(guildId).catch((error) => {
        const said = partial.get(guildId);
        if (!said || statusOf(error) !== 404) throw error;
        // A server that others wrote does not know the routes: what it said is all there is.
        putGuild({ roles: [], channels: [], ...rawAgain(said) });
        return servers.get(guildId);
      });
      // What happened meanwhile may or may not be in it.
      if (!touched.has(guildId)) return found;
      servers.delete(guildId);
    }
  }

  function apply(type: string, data: unknown): ServerChange | undefined {
    const guildId = z.object({ guild_id: z.string() }).safeParse(data).data?.guild_id;
    if (guildId && loading.has(guildId)) touched.add(guildId);
    try {
      return happened(type, data);
    } catch {
      // It is not known any more what holds there: it is asked for before it is used.
      if (!guildId) return undefined;
      servers.delete(guildId);
      unavailable.add(guildId);
      return { guildId };
    }
  }

  return {
    happened: apply,
    async load(guildId) {
      const known = servers.get(guildId);
      if (known) return known;
      const under = loading.get(guildId) ?? loadNow(guildId).finally(() => loading.delete(guildId));
      loading.set(guildId, under);
      return under;
    },
    learn(guildId, rawChannel) {
      const server = servers.get(guildId);
      return server && putChannel(server, rawChannel);
    },
    get: (guildId) => servers.get(guildId),
    expect(guildId) {
      if (!servers.has(guildId)) unavailable.add(guildId);
    },
    ids: () => [...new Set([...servers.keys(), ...unavailable])],
    forget: () => {
      for (const id of servers.keys()) unavailable.add(id);
      servers.clear();
    },
  };
}
