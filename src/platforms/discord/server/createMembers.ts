import type { DiscordMembers } from '../../../store/discordMembers.ts';
import type { Spaces } from '../../../store/spaces.ts';
import type { DiscordApi } from '../api/createDiscordApi.ts';
import { discordWord, statusOf } from '../api/failure.ts';
import type { Servers } from './createServers.ts';
import { isThread, memberSchema, type RawUser } from './facts.ts';
import { type ReadingRule, readingRule } from './readingRule.ts';

/** What an event says of a person is taken for true so long; after that Discord is asked. */
const SEEN_MS = 5_000;

/** Somebody in a server, as an event or Discord itself shows them. */
export interface SeenMember {
  readonly user: RawUser;
  readonly nick?: string | null | undefined;
  readonly roles: readonly string[];
}

/** Whom we have met in which server, with the roles that they have. */
export interface Members {
  rolesOf(guildId: string, personId: string): readonly string[] | undefined;
  /** Those of a server whom a rule lets read. */
  readersOf(guildId: string, rule: Extract<ReadingRule, { kind: 'some' }>): string[];
  /** Somebody did something just now. Resolves when what they may read is written down. */
  saw(guildId: string, member: SeenMember): Promise<void>;
  /** Asks Discord, unless they were seen a moment ago. Errors as DiscordApi's. @returns false: they are not there any more */
  look(guildId: string, personId: string): Promise<boolean>;
}

/** Under this key an audience of a rule is kept. */
export const keyOf = (rule: Extract<ReadingRule, { kind: 'some' }>) => `rule:${rule.key}`;
export const spaceOf = (guildId: string) => `discord:${guildId}`;

/** @param deps.nameOf what a server is called as a space */
export function createMembers(deps: {
  readonly api: DiscordApi;
  readonly servers: Servers;
  readonly spaces: Spaces;
  readonly members: DiscordMembers;
  readonly nameOf: (guildId: string) => string;
  /** Our own id. */
  readonly ownId: () => string;
}): Members {
  const { api, servers, members } = deps;
  const { now } = api.timing;
  const met = new Map<string, Map<string, readonly string[]>>();
  const seenMs = new Map<string, number>();

  function metIn(guildId: string): Map<string, readonly string[]> {
    const known = met.get(guildId);
    if (known) return known;
    const stored = new Map(members.list(spaceOf(guildId)).map(({ personId, roles }) => [personId, roles]));
    met.set(guildId, stored);
    return stored;
  }

  async function putPerson(guildId: string, user: RawUser, nick: string | null | undefined, isGuest: boolean) {
    const name = (nick || user.global_name || user.username || user.id).toWellFormed().slice(0, 200);
    const space = { id: spaceOf(guildId), platform: 'discord', name: deps.nameOf(guildId) };
    const alsoCalled = user.global_name ? [user.global_name.toWellFormed().slice(0, 200)] : [];
    const person = { id: user.id, name, handle: user.username || user.id, alsoCalled };
    await deps.spaces.put(space, [{ ...person, isBot: false, isGuest }]);
  }

  /** Brings one person's audiences to what their roles say. */
  function admit(guildId: string, personId: string) {
    const server = servers.get(guildId);
    if (!server) return;
    const roles = metIn(guildId).get(personId);
    const may = new Map<string, boolean>();
    for (const channel of server.channels.values()) {
      if (isThread(channel.type)) continue;
      const rule = readingRule(server, channel);
      if (rule.kind === 'some') may.set(keyOf(rule), roles !== undefined && rule.mayRead({ id: personId, roles }));
    }
    members.admit(spaceOf(guildId), personId, may);
  }

  async function saw(guildId: string, { user, nick, roles }: SeenMember) {
    seenMs.set(`${guildId} ${user.id}`, now());
    const own = metIn(guildId);
    const before = own.get(user.id);
    own.set(user.id, roles);
    await putPerson(guildId, user, nick, false);
    if (before && sameRoles(before, roles)) return;
    members.put(spaceOf(guildId), { personId: user.id, roles });
    admit(guildId, user.id);
  }

  let isRouteKnown: Promise<boolean> | undefined;

  /** A server that others wrote may not know the route: then it does not know us there either. */
  function knowsMembers(guildId: string): Promise<boolean> {
    isRouteKnown ??= api
      .call('GET', `/guilds/${guildId}/members/${deps.ownId()}`, { answer: memberSchema, priority: 'answer' })
      .then(() => true)
      .catch((error) => {
        isRouteKnown = undefined;
        if (statusOf(error) === 404 && !discordWord(error)) return false;
        throw error;
      });
    return isRouteKnown;
  }

  /** What events said of them is all there is. Who can write to us shares a server with us: where there is one, that. */
  async function unverified(guildId: string, nobody: RawUser): Promise<boolean> {
    if (metIn(guildId).has(nobody.id)) return true;
    if (servers.ids().length !== 1) return false;
    await saw(guildId, { user: nobody, roles: [] });
    return true;
  }

  return {
    saw,
    rolesOf: (guildId, personId) => metIn(guildId).get(personId),
    readersOf: (guildId, rule) =>
      [...metIn(guildId)].filter(([id, roles]) => rule.mayRead({ id, roles })).map(([id]) => id),
    async look(guildId, personId) {
      if (now() - (seenMs.get(`${guildId} ${personId}`) ?? Number.NEGATIVE_INFINITY) <= SEEN_MS) return true;
      const nobody = { id: personId, username: '', bot: false, global_name: undefined };
      try {
        const options = { answer: memberSchema, priority: 'answer' as const };
        const { user = nobody, nick, roles } = await api.call('GET', `/guilds/${guildId}/members/${personId}`, options);
        await saw(guildId, { user: { ...user, id: personId }, nick, roles });
        return true;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        if (!discordWord(error) && !(await knowsMembers(guildId))) return unverified(guildId, nobody);
        // They read nothing of it any more.
        metIn(guildId).delete(personId);
        members.remove(spaceOf(guildId), personId);
        admit(guildId, personId);
        await putPerson(guildId, nobody, undefined, true);
        return false;
      }
    },
  };
}

function sameRoles(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}
