import { compareIds } from '../createState.ts';
import { intentBits } from '../intents.ts';
import { botSees } from '../messages.ts';
import { refusal } from '../Refused.ts';
import type { Route } from '../Route.ts';
import { renderChannel, renderGuild, threadMember } from '../render/channels.ts';
import { renderMember, renderRole } from '../render/people.ts';
import { guildFor, numberOf } from './access.ts';

export const guildRoutes: readonly Route[] = [
  {
    route: 'GET /guilds/:guild',
    run(call) {
      const guild = guildFor(call, call.params.guild);
      const count = guild.members.size;
      const counts = { approximate_member_count: count, approximate_presence_count: count };
      return { ...renderGuild(call.state, guild), ...(call.query.get('with_counts') === 'true' ? counts : {}) };
    },
  },
  {
    // All of them, also those that the bot may not look into; threads are listed elsewhere.
    route: 'GET /guilds/:guild/channels',
    run(call) {
      const guild = guildFor(call, call.params.guild);
      const own = [...call.state.channels.values()].filter(({ guildId, thread }) => guildId === guild.id && !thread);
      return own.map((channel) => renderChannel(call.state, channel));
    },
  },
  {
    route: 'GET /guilds/:guild/roles',
    run(call) {
      const guild = guildFor(call, call.params.guild);
      return [...guild.roles.values()].map((role) => renderRole(call.state, guild, role));
    },
  },
  {
    route: 'GET /guilds/:guild/members/:user',
    run(call) {
      const member = guildFor(call, call.params.guild).members.get(call.params.user ?? '');
      if (!member) throw refusal(call.state.users.has(call.params.user ?? '') ? 10007 : 10013);
      return renderMember(call.state, member);
    },
  },
  {
    // The whole list is for who has the switch for members in the portal.
    route: 'GET /guilds/:guild/members',
    run(call) {
      const guild = guildFor(call, call.params.guild);
      const limit = numberOf(call.query, 'limit', 1, 1, 1000);
      if ((call.state.allowedIntents & intentBits.GuildMembers) === 0) throw refusal(50001);
      const after = call.query.get('after') ?? '0';
      return [...guild.members.values()]
        .filter(({ userId }) => compareIds(userId, after) > 0)
        .sort((a, b) => compareIds(a.userId, b.userId))
        .slice(0, limit)
        .map((member) => renderMember(call.state, member));
    },
  },
  {
    route: 'GET /guilds/:guild/members/search',
    run(call) {
      const guild = guildFor(call, call.params.guild);
      const limit = numberOf(call.query, 'limit', 1, 1, 1000);
      const beginning = (call.query.get('query') ?? '').toLowerCase();
      const names = (userId: string, nick: string | null) => {
        const user = call.state.users.get(userId);
        return [nick, user?.name, user?.globalName].filter((name) => typeof name === 'string');
      };
      return [...guild.members.values()]
        .filter(({ userId, nick }) => names(userId, nick).some((name) => name.toLowerCase().startsWith(beginning)))
        .slice(0, limit)
        .map((member) => renderMember(call.state, member));
    },
  },
  {
    route: 'GET /guilds/:guild/threads/active',
    run(call) {
      const { state } = call;
      const guild = guildFor(call, call.params.guild);
      const threads = [...state.channels.values()].filter(
        (channel) => channel.guildId === guild.id && channel.thread?.isArchived === false && botSees(state, channel),
      );
      const members = threads.flatMap(({ id, thread }) => {
        const joinedMs = thread?.members.get(state.app.botUserId);
        return joinedMs === undefined ? [] : [threadMember(id, state.app.botUserId, joinedMs)];
      });
      return { threads: threads.reverse().map((thread) => renderChannel(state, thread)), members };
    },
  },
];
