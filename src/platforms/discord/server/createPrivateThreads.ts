import { z } from 'zod';
import type { Audiences } from '../../../store/audiences.ts';
import type { DiscordMembers } from '../../../store/discordMembers.ts';
import type { Sources } from '../../../store/sources.ts';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { statusOf } from '../api/failure.ts';
import { channelLink } from '../permalink.ts';
import type { Channel, Server } from './createServers.ts';
import { isPrivateThread } from './facts.ts';

/** So many of somebody's private threads are looked at before they are answered; the others are left out. */
const THREADS_LOOKED_AT = 25;

/**
 * Private threads, which are read by those who are in them. Discord tells who that is only with an intent of its own;
 * without it each person is asked for when it matters.
 */
export interface PrivateThreads {
  declare(server: Server, thread: Channel): void;
  /** Whoever writes in a thread may read it. */
  wrote(server: Server, thread: Channel, personId: string): void;
  /** Resolves when the database lets somebody read those private threads only that they are in. */
  check(server: Server, personId: string): Promise<void>;
  left(guildId: string, personId: string): void;
}

export function createPrivateThreads(deps: {
  readonly api: DiscordApi;
  readonly sources: Sources;
  readonly audiences: Audiences;
  readonly members: DiscordMembers;
  /** Whether somebody may read a channel that is no private thread. */
  readonly mayRead: (server: Server, channel: Channel, personId: string) => boolean;
}): PrivateThreads {
  const { api, sources, members } = deps;
  const declared = new Map<string, string>();
  const spaceId = (guildId: string) => `discord:${guildId}`;
  const audienceKey = (threadId: string) => `channel:${threadId}`;

  function declare(server: Server, thread: Channel) {
    const parent = thread.parentId ? server.channels.get(thread.parentId) : undefined;
    const name = `${parent ? `#${parent.name}: ` : '#'}${thread.name}`.toWellFormed().slice(0, 200);
    if (declared.get(thread.id) === name) return;
    declared.set(thread.id, name);
    const space = spaceId(server.id);
    // Whom an import knew to be in it stays so until they are looked at.
    const known = sources.readable(space).some(({ key, open }) => key === thread.id && !open);
    if (known) return;
    const audience = { kind: 'members' as const, personIds: [] };
    void sources.put({
      ...{ spaceId: space, kind: 'channel', key: thread.id, name, audience },
      url: channelLink(server.id, thread.id),
    });
  }

  const set = (guildId: string, threadId: string, personId: string, isIn: boolean) =>
    members.admit(spaceId(guildId), personId, new Map([[audienceKey(threadId), isIn]]));

  async function isIn(server: Server, thread: Channel, personId: string): Promise<boolean> {
    const parent = thread.parentId ? server.channels.get(thread.parentId) : undefined;
    if (!parent || !deps.mayRead(server, parent, personId)) return false;
    try {
      await api.call('GET', `/channels/${thread.id}/thread-members/${personId}`, {
        answer: z.unknown(),
        priority: 'answer',
      });
      return true;
    } catch (error) {
      if (statusOf(error) === 404 || statusOf(error) === 403) return false;
      throw error;
    }
  }

  return {
    declare,
    wrote(server, thread, personId) {
      declare(server, thread);
      set(server.id, thread.id, personId, true);
    },
    async check(server, personId) {
      const threads = [...server.channels.values()].filter(({ type }) => isPrivateThread(type));
      const looked = new Set(threads.slice(-THREADS_LOOKED_AT).map(({ id }) => id));
      await Promise.all(
        threads.map(async (thread) =>
          set(server.id, thread.id, personId, looked.has(thread.id) && (await isIn(server, thread, personId))),
        ),
      );
      // What is closed to all but some, and not there as far as Discord shows us, was a private thread or is gone.
      const own = deps.audiences({ kind: 'person', space: spaceId(server.id), personId }).map(({ id }) => id);
      for (const { key, kind, open } of sources.readable(spaceId(server.id), own)) {
        if (kind === 'channel' && !open && !server.channels.has(key)) set(server.id, key, personId, false);
      }
    },
    left(guildId, personId) {
      const own = deps.audiences({ kind: 'person', space: spaceId(guildId), personId }).map(({ id }) => id);
      for (const { key } of sources.readable(spaceId(guildId), own)) set(guildId, key, personId, false);
    },
  };
}
