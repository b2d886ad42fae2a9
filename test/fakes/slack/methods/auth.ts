import { z } from 'zod';
import { text } from '../args.ts';
import { method } from '../Method.ts';
import { Refused } from '../Refused.ts';
import { botProfile } from '../render.ts';

export const authMethods = {
  'auth.test': method({
    tier: 'unlimited',
    scopes: [],
    args: z.object({}),
    run: (_, { state }) => ({
      url: `https://${state.team.domain}.slack.com/`,
      team: state.team.name,
      user: state.app.name,
      team_id: state.team.id,
      user_id: state.app.botUserId,
      bot_id: state.app.botId,
      is_enterprise_install: false,
    }),
  }),

  'team.info': method({
    tier: 3,
    scopes: ['team:read'],
    args: z.object({ team: text.optional(), domain: text.optional() }),
    run({ team }, { state }) {
      if (team && team !== state.team.id) throw new Refused('team_not_found');
      const url = `https://${state.team.domain}.slack.com/`;
      return { team: { id: state.team.id, name: state.team.name, domain: state.team.domain, url, email_domain: '' } };
    },
  }),

  'bots.info': method({
    tier: 3,
    scopes: ['users:read'],
    args: z.object({ bot: text.optional() }),
    run({ bot }, { state }) {
      const user = [...state.users.values()].find((one) => one.botId === bot);
      if (!bot || !user) throw new Refused('bot_not_found');
      return { bot: { ...botProfile(state, bot), user_id: user.id, name: user.name, deleted: user.deleted } };
    },
  }),

  'usergroups.list': method({
    tier: 2,
    scopes: ['usergroups:read'],
    args: z.object({
      include_users: text.optional(),
      include_count: text.optional(),
      include_disabled: text.optional(),
    }),
    run(args, { state }) {
      const withUsers = args.include_users === 'true' || args.include_users === '1';
      return { usergroups: state.usergroups.map(({ users, ...rest }) => (withUsers ? { ...rest, users } : rest)) };
    },
  }),
};
