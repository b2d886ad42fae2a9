import { z } from 'zod';
import { discordWord, statusOf } from '../../../platforms/discord/api/failure.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import type { Channel, Server } from '../../../platforms/discord/server/createServers.ts';
import { holdsMessages, isPrivateThread, isThread, memberSchema } from '../../../platforms/discord/server/facts.ts';
import { mayReadChannel } from '../../../platforms/discord/server/readingRule.ts';
import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import type { Sources } from '../../../store/sources.ts';
import type { SyncedChannel } from '../../channels/ChannelHistory.ts';
import { type ChannelChoice, createChannelChoice } from '../../channels/chooseChannels.ts';
import { type ChannelDeps, createChannelSource } from '../../channels/createChannelSource.ts';
import type { Catalogue, Source } from '../Source.ts';
import { mayHaveThreads } from './channelKinds.ts';
import { createThreadLists, type ThreadLists } from './createThreadLists.ts';
import { createDiscordHistory } from './discordHistory.ts';
import type { ReadDiscord } from './readDiscord.ts';

/** Archived private threads that no event told of are looked for so often. */
const PRIVATE_EVERY_MS = 6 * 3_600_000;
const GUILDS_AT_ONCE = 200;

/**
 * The channels of the servers that the bot is in, as far as it may read them and the config wants them, and the private
 * threads that it was added to. Who may read each is the membership's, whatever an import took for granted.
 */
export function createDiscordCatalogue(deps: {
  /** Resolves once Discord knows us; rejects with what the operator has to mend. */
  readonly side: () => Promise<DiscordSide>;
  readonly read: () => Promise<ReadDiscord>;
  readonly sources: Pick<Sources, 'readable'>;
  readonly choice: ChannelChoice;
  readonly channel: ChannelDeps;
}): Catalogue & { find(sourceId: number): SyncedChannel | undefined } {
  const isWanted = createChannelChoice(deps.choice);
  const channels = new Map<number, SyncedChannel>();
  const lookedMs = new Map<string, number>();

  async function guildIds({ api }: DiscordSide): Promise<string[]> {
    const answer = z.array(z.looseObject({ id: z.string() }));
    const ids: string[] = [];
    for (;;) {
      const after = ids.at(-1);
      const query = { limit: String(GUILDS_AT_ONCE), ...(after === undefined ? {} : { after }) };
      const page = await api.call('GET', '/users/@me/guilds', { answer, query, priority: 'sync' });
      const fresh = page.map(({ id }) => id).filter((id) => !ids.includes(id));
      ids.push(...fresh);
      if (page.length < GUILDS_AT_ONCE || fresh.length === 0) return ids;
    }
  }

  /** Undefined where Discord does not tell: then what it refuses is told as it is read. */
  async function ownRoles({ api, identity }: DiscordSide, guildId: string): Promise<readonly string[] | undefined> {
    const path = `/guilds/${guildId}/members/${identity.botUserId}`;
    try {
      return (await api.call('GET', path, { answer: memberSchema, priority: 'sync' })).roles;
    } catch (error) {
      if (statusOf(error) === 404 && !discordWord(error)) return undefined;
      throw error;
    }
  }

  /** Private threads that are archived are in no list of what there is. */
  async function findPrivate(
    { api, servers }: DiscordSide,
    { id }: Server,
    parents: readonly Channel[],
    lists: ThreadLists,
  ) {
    const nowMs = api.timing.now();
    if (nowMs - (lookedMs.get(id) ?? Number.NEGATIVE_INFINITY) < PRIVATE_EVERY_MS) return;
    for (const parent of parents.filter(({ type }) => mayHaveThreads(type))) {
      for (const thread of await lists.privateOnes(parent.id)) servers.learn(id, thread);
    }
    lookedMs.set(id, nowMs);
  }

  async function inServer(side: DiscordSide, guildId: string, read: ReadDiscord): Promise<SyncedChannel[]> {
    const { api, servers, membership, identity } = side;
    servers.expect(guildId);
    const server = await servers.load(guildId);
    if (!server) return [];
    const roles = await ownRoles(side, guildId);
    const isOurs = (channel: Channel) =>
      roles === undefined || mayReadChannel(server, channel, { id: identity.botUserId, roles });
    const all = [...server.channels.values()];
    const parents = all.filter((one) => !isThread(one.type) && holdsMessages(one.type) && isOurs(one));
    const lists = createThreadLists(api, guildId);
    await findPrivate(side, server, parents, lists);
    const here = new Set(parents.map(({ id }) => id));
    const threads = [...server.channels.values()].filter(
      ({ type, parentId }) => isPrivateThread(type) && parentId !== undefined && here.has(parentId),
    );
    const ours = [...parents, ...threads];
    const [first] = all;
    if (!first) return [];
    const spaceId = spaceOf(guildId);
    // The server is declared when this resolves, and each channel with those who may read it now, ours or not.
    await membership.ensure({ kind: 'place', space: spaceId, channelId: first.id });
    membership.happened({ guildId, channelIds: [...server.channels.keys()] });
    const declared = new Map(
      deps.sources
        .readable(spaceId)
        .filter(({ kind }) => kind === 'channel')
        .map((source) => [source.key, source]),
    );
    const whyHidden = `Discord does not show Backscroll what is said there. Switch on Message Content Intent at https://discord.com/developers/applications/${identity.appId}/bot, and restart. What is known stays.`;
    return ours.flatMap((channel) => {
      const { id: key } = channel;
      const source = declared.get(key);
      if (!source || !isWanted({ id: key, name: source.name, isOpen: source.open })) return [];
      return [
        {
          ...{ id: `${spaceId}/${key}`, spaceId, key, name: source.name, sourceId: source.id },
          createdMs: snowflakeMs(key),
          history: createDiscordHistory(side, channel, { lists, read, whyHidden }),
        },
      ];
    });
  }

  return {
    kind: 'discord',
    find: (sourceId) => channels.get(sourceId),
    async sources() {
      const side = await deps.side();
      const read = await deps.read();
      const found: SyncedChannel[] = [];
      for (const guildId of await guildIds(side)) found.push(...(await inServer(side, guildId, read)));
      channels.clear();
      for (const channel of found) channels.set(channel.sourceId, channel);
      const sources: Source[] = found.map((channel) => createChannelSource('discord', channel, deps.channel));
      setImmediate(deps.channel.hub.opened);
      return sources;
    },
  };
}
