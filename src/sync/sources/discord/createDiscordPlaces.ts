import { z } from 'zod';
import { discordWord, statusOf } from '../../../platforms/discord/api/failure.ts';
import type { DiscordSide } from '../../../platforms/discord/DiscordSide.ts';
import type { Channel } from '../../../platforms/discord/server/createServers.ts';
import { isPrivateThread, isThread } from '../../../platforms/discord/server/facts.ts';
import { holdsPosts } from './channelKinds.ts';
import type { Spot } from './readDiscord.ts';

/** Where something was said, and the source that it belongs to. */
export interface DiscordPlace {
  readonly guildId: string;
  /** The source's: an open thread belongs to its channel. */
  readonly key: string;
  readonly threadId?: string;
  /** It is a post of a forum: what it began with stands in it. */
  readonly isPost: boolean;
  readonly spot: Spot;
}

/** Finds out what a channel is that an event names; one that no event told of is asked for. */
export function createDiscordPlaces(side: () => Promise<DiscordSide>) {
  async function channelOf(guildId: string, channelId: string): Promise<Channel | undefined> {
    const { api, servers } = await side();
    const server = await servers.load(guildId);
    const known = server?.channels.get(channelId);
    if (known || !server) return known;
    try {
      const raw = await api.call('GET', `/channels/${channelId}`, {
        answer: z.looseObject({}),
        priority: 'background',
      });
      return servers.learn(guildId, raw);
    } catch (error) {
      if (discordWord(error) || statusOf(error) === 404 || statusOf(error) === 403) return undefined;
      throw error;
    }
  }

  return {
    /** Undefined for what is not there (any more) for us. Errors as DiscordApi's. */
    async find(guildId: string, channelId: string): Promise<DiscordPlace | undefined> {
      const channel = await channelOf(guildId, channelId);
      if (!channel) return undefined;
      if (!isThread(channel.type)) return { guildId, key: channelId, isPost: false, spot: { guildId, channelId } };
      const spot = { guildId, channelId, thread: { name: channel.name } };
      if (isPrivateThread(channel.type)) return { guildId, key: channelId, threadId: channelId, isPost: false, spot };
      const parent = channel.parentId ? await channelOf(guildId, channel.parentId) : undefined;
      return parent && { guildId, key: parent.id, threadId: channelId, isPost: holdsPosts(parent.type), spot };
    },
    async holdsPosts(guildId: string, channelId: string): Promise<boolean> {
      return holdsPosts((await channelOf(guildId, channelId))?.type ?? 0);
    },
    /** Whether Discord says that there is no such channel: not only none that we may see. */
    async isGone(channelId: string): Promise<boolean> {
      const { api } = await side();
      try {
        await api.call('GET', `/channels/${channelId}`, { answer: z.unknown(), priority: 'background' });
        return false;
      } catch (error) {
        if (discordWord(error) === 'unknownChannel') return true;
        if (statusOf(error) === 403 || statusOf(error) === 404) return false;
        throw error;
      }
    },
  };
}
