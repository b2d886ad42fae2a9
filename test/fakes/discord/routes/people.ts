import { directChannel } from '../channels.ts';
import { appFlags, gatewayUrl } from '../greet.ts';
import { refusal } from '../Refused.ts';
import type { Route } from '../Route.ts';
import { renderChannel } from '../render/channels.ts';
import { renderPartialGuild, renderUser } from '../render/people.ts';
import type { Json, State } from '../State.ts';

/** The bot itself, its application, and people. */
export function peopleRoutes(identifiesLeft: () => number): readonly Route[] {
  return [
    { route: 'GET /gateway', auth: 'none', run: ({ state }) => ({ url: gatewayUrl(state) }) },
    {
      route: 'GET /gateway/bot',
      run: ({ state }) => ({
        url: gatewayUrl(state),
        shards: 1,
        session_start_limit: {
          total: 1000,
          remaining: identifiesLeft(),
          reset_after: 86_400_000,
          max_concurrency: 1,
        },
      }),
    },
    { route: 'GET /users/@me', run: ({ state }) => renderUser(state, state.app.botUserId) },
    {
      route: 'GET /users/:user',
      run({ state, params }) {
        if (!state.users.has(params.user ?? '')) throw refusal(10013);
        return renderUser(state, params.user ?? '');
      },
    },
    {
      route: 'GET /users/@me/guilds',
      run: ({ state }) =>
        [...state.guilds.values()]
          .filter(({ members }) => members.has(state.app.botUserId))
          .map((guild) => renderPartialGuild(state, guild)),
    },
    {
      route: 'POST /users/@me/channels',
      run({ state, body }) {
        if (!state.users.has(body.recipient_id)) throw refusal(10013);
        return renderChannel(state, directChannel(state, body.recipient_id));
      },
    },
    { route: 'GET /applications/@me', run: ({ state }) => renderApplication(state) },
    { route: 'GET /oauth2/applications/@me', run: ({ state }) => renderApplication(state) },
  ];
}

function renderApplication(state: State): Json {
  return {
    id: state.app.id,
    name: state.app.name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    bot: renderUser(state, state.app.botUserId),
    verify_key: '0'.repeat(64),
    flags: appFlags(state),
    approximate_guild_count: state.guilds.size,
    install_params: { scopes: ['bot', 'applications.commands'], permissions: '0' },
    tags: [],
  };
}
