import { z } from 'zod';
import type { Log } from '../../../base/log.ts';
import type { Audiences } from '../../../store/audiences.ts';
import type { DiscordMembers } from '../../../store/discordMembers.ts';
import type { SourceDeclaration, Sources } from '../../../store/sources.ts';
import type { Spaces } from '../../../store/spaces.ts';
import { declareSpace } from '../../declareSpace.ts';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { discordWord, statusOf } from '../api/failure.ts';
import { channelLink } from '../permalink.ts';
import { createMembers, keyOf, type SeenMember, spaceOf } from './createMembers.ts';
import { createPrivateThreads } from './createPrivateThreads.ts';
import type { Channel, Server, ServerChange, Servers } from './createServers.ts';
import { holdsMessages, isPrivateThread, isThread } from './facts.ts';
import { type ReadingRule, readingRule } from './readingRule.ts';

export type DiscordReader =
  | { readonly kind: 'place'; readonly space: string; readonly channelId: string }
  | { readonly kind: 'person'; readonly space: string; readonly personId: string };

/**
 * Who may read which channel, in the database at every moment: kept by events, and asked for where events do not tell
 * (who has which role, who is in a private thread), since the intent that tells is not needed for anything else.
 */
export interface Membership {
  /** Resolves when what the database says of this reader is true now. Rejects as DiscordApi does when it cannot be made so. */
  ensure(reader: DiscordReader): Promise<void>;
  /** Takes in what changed in a server; it holds when this returns. */
  happened(change: ServerChange): void;
  /** Somebody did something there just now. Resolves when what they may read is written down. */
  saw(guildId: string, member: SeenMember): Promise<void>;
  /**
   * The source that what is said in a channel belongs to: its own, or, for an open thread, the channel's that it stands
   * in. Undefined where Discord does not show it to us.
   */
  sourceOf(guildId: string, channelId: string, personId: string): Promise<string | undefined>;
}

export { spaceOf };
export const guildOf = (space: string) => space.replace(/^discord:/, '');

export function createMembership(deps: {
  readonly api: DiscordApi;
  readonly servers: Servers;
  readonly spaces: Spaces;
  readonly sources: Sources;
  readonly audiences: Audiences;
  readonly members: DiscordMembers;
  /** Our own id. */
  readonly ownId: () => string;
  readonly log: Log;
}): Membership {
  const { api, servers, sources, log } = deps;
  const declared = new Map<string, { readonly given: string; readonly name: string }>();
  const members = createMembers({ ...deps, nameOf: (guildId) => declared.get(guildId)?.name ?? guildId });
  const privateThreads = createPrivateThreads({
    ...deps,
    mayRead: (server, channel, id) => mayRead(server, channel, id),
  });

  function mayRead(server: Server, channel: Channel, personId: string): boolean {
    const rule = readingRule(server, channel);
    const roles = members.rolesOf(server.id, personId);
    return roles !== undefined && (rule.kind === 'everybody' || rule.mayRead({ id: personId, roles }));
  }

  function audienceOf(server: Server, rule: ReadingRule): SourceDeclaration['audience'] {
    if (rule.kind === 'everybody') return { kind: 'everybody' };
    return { kind: 'members', key: keyOf(rule), personIds: members.readersOf(server.id, rule) };
  }

  /** Written before it returns. */
  function put(source: SourceDeclaration) {
    sources.put(source).catch((err) => log.error({ err }, 'who may read a channel could not be written down'));
  }

  function declare(server: Server, channel: Channel, audience: SourceDeclaration['audience']) {
    put({
      ...{ spaceId: spaceOf(server.id), kind: 'channel', key: channel.id, audience },
      ...{ name: `#${channel.name}`.toWellFormed().slice(0, 200), url: channelLink(server.id, channel.id) },
    });
  }

  function declareChannel(server: Server, channel: Channel) {
    if (isPrivateThread(channel.type)) return privateThreads.declare(server, channel);
    if (isThread(channel.type) || !holdsMessages(channel.type)) return;
    declare(server, channel, audienceOf(server, readingRule(server, channel)));
  }

  /** What is not there (any more) is for nobody, whatever an import took for granted. */
  function close(guildId: string, key: string, name: string) {
    const audience = { kind: 'members' as const, personIds: [] };
    put({
      spaceId: spaceOf(guildId),
      kind: 'channel',
      key,
      name,
      url: channelLink(guildId, key),
      audience,
    });
    log.info({ channel: key }, 'a channel is not there any more: nobody is answered from it');
  }

  /** Without an await where nothing but channels changed: that holds before anybody else is asked. */
  async function declareServer(server: Server): Promise<void> {
    const name = server.name.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 200) || server.id;
    if (declared.get(server.id)?.given !== name) {
      const space = { id: spaceOf(server.id), platform: 'discord', name };
      declared.set(server.id, { given: name, name: await declareSpace(deps.spaces, space, server.id) });
    }
    for (const channel of server.channels.values()) declareChannel(server, channel);
    for (const { key, name: was, open, kind } of sources.readable(spaceOf(server.id))) {
      if (open && kind === 'channel' && !server.channels.has(key)) close(server.id, key, was);
    }
  }

  async function serverOf(guildId: string): Promise<Server | undefined> {
    const known = servers.get(guildId);
    if (known && declared.has(guildId)) return known;
    const server = known ?? (await servers.load(guildId));
    if (server) await declareServer(server);
    return server;
  }

  /** A channel that no event told of, such as an archived thread. */
  async function channelOf(server: Server, channelId: string): Promise<Channel | undefined> {
    const known = server.channels.get(channelId);
    if (known) return known;
    try {
      const raw = await api.call('GET', `/channels/${channelId}`, {
        answer: z.looseObject({ guild_id: z.string().optional() }),
        priority: 'answer',
      });
      if (raw.guild_id !== undefined && raw.guild_id !== server.id) return undefined;
      const channel = servers.learn(server.id, raw);
      if (channel) declareChannel(server, channel);
      return channel;
    } catch (error) {
      if (discordWord(error) || statusOf(error) === 404 || statusOf(error) === 403) return undefined;
      throw error;
    }
  }

  return {
    async saw(guildId, member) {
      if (!member.user.bot && (await serverOf(guildId))) await members.saw(guildId, member);
    },
    happened({ guildId, channelIds, isGone }) {
      if (isGone) return;
      const server = servers.get(guildId);
      if (!server) {
        // It did not say all of it: the rest is asked for at once, and not only when somebody is to be answered.
        serverOf(guildId).catch((err) => log.warn({ err, guildId }, 'a server could not be looked at'));
        return;
      }
      if (!channelIds || !declared.has(guildId)) {
        declareServer(server).catch((err) =>
          log.error({ err, guildId }, 'who may read what could not be written down'),
        );
        return;
      }
      for (const id of channelIds) {
        const channel = server.channels.get(id);
        if (channel) declareChannel(server, channel);
        else close(guildId, id, sources.readable(spaceOf(guildId)).find(({ key }) => key === id)?.name ?? `#${id}`);
      }
    },
    async ensure(reader) {
      const guildId = guildOf(reader.space);
      const server = await serverOf(guildId);
      if (!server) return;
      if (reader.kind === 'place') {
        const channel = await channelOf(server, reader.channelId);
        if (!channel) close(guildId, reader.channelId, `#${reader.channelId}`);
        return;
      }
      if (await members.look(guildId, reader.personId)) await privateThreads.check(server, reader.personId);
      else privateThreads.left(guildId, reader.personId);
    },
    async sourceOf(guildId, channelId, personId) {
      const server = await serverOf(guildId);
      const channel = server && (await channelOf(server, channelId));
      if (!server || !channel) return undefined;
      if (isPrivateThread(channel.type)) {
        privateThreads.wrote(server, channel, personId);
        return channelId;
      }
      if (!isThread(channel.type)) return channelId;
      const parent = channel.parentId ? await channelOf(server, channel.parentId) : undefined;
      return parent?.id;
    },
  };
}
