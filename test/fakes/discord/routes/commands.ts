import { invalidForm, refusal } from '../Refused.ts';
import type { Route, RouteCall } from '../Route.ts';
import type { Json } from '../State.ts';
import { guildFor } from './access.ts';

const most = 100;
const slash = 1;

/** https://docs.discord.com/developers/interactions/application-commands, for everybody and for one guild. */
function routesUnder(base: string): readonly Route[] {
  const listOf = (call: RouteCall): Json[] => {
    const { state, params } = call;
    if (params.application !== state.app.id) throw refusal(10002);
    const key = params.guild === undefined ? '' : guildFor(call, params.guild).id;
    const list = state.commands.get(key) ?? [];
    state.commands.set(key, list);
    return list;
  };
  const find = (call: RouteCall): Json => {
    const found = listOf(call).find(({ id }) => id === call.params.command);
    if (!found) throw refusal(10063);
    return found;
  };
  return [
    { route: `GET ${base}`, run: (call) => [...listOf(call)] },
    { route: `GET ${base}/:command`, run: find },
    {
      route: `PUT ${base}`,
      run(call) {
        const list = listOf(call);
        const given: Json[] = call.body;
        if (!Array.isArray(given)) throw invalidForm({ _: ['BASE_TYPE_REQUIRED', 'A list is required.'] });
        for (const [i, command] of given.entries()) validate(command, `${i}.`);
        if (given.length > most) throw invalidForm({ _: ['BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer.`] });
        const next = given.map((command) => asCommand(call, command, list));
        list.splice(0, list.length, ...next);
        return [...list];
      },
    },
    {
      route: `POST ${base}`,
      status: 201,
      run(call) {
        const list = listOf(call);
        validate(call.body, '');
        const command = asCommand(call, call.body, list);
        const at = list.findIndex(({ id }) => id === command.id);
        list.splice(at < 0 ? list.length : at, at < 0 ? 0 : 1, command);
        return command;
      },
    },
    {
      route: `PATCH ${base}/:command`,
      run(call) {
        const command = find(call);
        validate({ ...command, ...call.body }, '');
        return Object.assign(command, call.body, { version: call.state.nextId() });
      },
    },
    {
      route: `DELETE ${base}/:command`,
      run(call) {
        const list = listOf(call);
        list.splice(list.indexOf(find(call)), 1);
      },
    },
  ];
}

/** One of the same name and type keeps its id. */
function asCommand({ state, params }: RouteCall, given: Json, list: readonly Json[]): Json {
  const type = given.type ?? slash;
  const before = list.find((one) => one.name === given.name && one.type === type);
  return {
    id: before?.id ?? state.nextId(),
    application_id: state.app.id,
    version: state.nextId(),
    default_member_permissions: null,
    type,
    description: '',
    nsfw: false,
    contexts: null,
    integration_types: [0],
    ...(params.guild === undefined ? { dm_permission: true } : { guild_id: params.guild }),
    ...given,
  };
}

function validate(command: Json, at: string): void {
  const type = command?.type ?? slash;
  const name = String(command?.name ?? '');
  const isNamed = type === slash ? /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(name) : name.length >= 1 && name.length <= 32;
  if (!isNamed) throw invalidForm({ [`${at}name`]: ['APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'] });
  const { description = '', options = [] } = command;
  if (type !== slash && (description !== '' || options.length > 0)) {
    throw invalidForm({ [`${at}description`]: ['APPLICATION_COMMAND_INVALID', 'Menus have names only.'] });
  }
  if (type === slash && (description.length < 1 || description.length > 100)) {
    throw invalidForm({ [`${at}description`]: ['BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'] });
  }
  if (options.length > 25) throw invalidForm({ [`${at}options`]: ['BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer.'] });
  const isLate = options.some((one: Json, i: number) => one.required && i > 0 && !options[i - 1].required);
  if (isLate) {
    const said = 'Required options must be placed before non-required options';
    throw invalidForm({ [`${at}options`]: ['APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', said] });
  }
  for (const [i, option] of options.entries()) validate({ ...option, type: slash }, `${at}options.${i}.`);
}

export const commandRoutes: readonly Route[] = [
  ...routesUnder('/applications/:application/commands'),
  ...routesUnder('/applications/:application/guilds/:guild/commands'),
];
