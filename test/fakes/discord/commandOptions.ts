import { renderChannel } from './render/channels.ts';
import { renderMember, renderRole, renderUser } from './render/people.ts';
import type { FakeChannel, Json, State } from './State.ts';

const subcommand = 1;
const subcommandGroup = 2;
const integer = 4;
const user = 6;
const channelOption = 7;
const role = 8;
const number = 10;

/** The registered command of that name, the guild's own first; `backscroll status` names a subcommand. */
export function findCommand(state: State, channel: FakeChannel, name: string, type: number) {
  const known = [...(state.commands.get(channel.guildId ?? '-') ?? []), ...(state.commands.get('') ?? [])];
  const isIt = (wanted: string) => known.find((one) => one.name === wanted && one.type === type);
  const [first = '', ...path] = name.split(' ');
  const command = isIt(name) ?? (type === 1 ? isIt(first) : undefined);
  if (!command) throw new Error(`No command ${name} is registered.`);
  const isOutOfPlace = channel.kind === 'dm' && (command.dm_permission === false || excludes(command.contexts, 1));
  if (isOutOfPlace || (channel.kind !== 'dm' && excludes(command.contexts, 0))) {
    throw new Error(`${name} is not to be had here.`);
  }
  return { command, path: command.name === name ? [] : path };
}

function excludes(contexts: readonly number[] | null, context: number): boolean {
  return contexts !== null && !contexts.includes(context);
}

/** Options as the wire has them, checked as Discord's own client would. `focused`: the one being typed. */
export function commandOptions(
  state: State,
  channel: FakeChannel,
  command: Json,
  path: readonly string[],
  given: Readonly<Record<string, Json>>,
  focused?: string,
): { readonly options: Json[]; readonly resolved: Json } {
  let at = command;
  for (const step of path) {
    at = (at.options ?? []).find((one: Json) => one.name === step && one.type <= subcommandGroup);
    if (!at) throw new Error(`${command.name} has no ${step}.`);
  }
  const known: readonly Json[] = at.options ?? [];
  if (known.some(({ type }) => type <= subcommandGroup)) throw new Error(`${command.name} needs a subcommand.`);
  const resolved: Json = {};
  for (const name of Object.keys(given)) {
    if (!known.some((one) => one.name === name)) throw new Error(`${command.name} has no option ${name}.`);
  }
  const values = known.flatMap((option) => {
    const value = given[option.name];
    if (value === undefined) {
      if (option.required && focused === undefined) throw new Error(`${option.name} is required.`);
      return [];
    }
    if (focused === undefined) check(option, value);
    resolve(state, channel, option, value, resolved);
    const isFocused = option.name === focused;
    if (isFocused && !option.autocomplete) throw new Error(`${option.name} does not complete.`);
    return [{ type: option.type, name: option.name, value, ...(isFocused ? { focused: true } : {}) }];
  });
  let options: Json[] = values;
  for (const [i, step] of [...path].reverse().entries()) {
    options = [{ type: i === 0 ? subcommand : subcommandGroup, name: step, options }];
  }
  return { options, resolved };
}

function check(option: Json, value: Json): void {
  const { name, type, choices = [], max_length: most = 6000, min_length: least = 0 } = option;
  if (type === integer && !Number.isInteger(value)) throw new Error(`${name} takes a whole number.`);
  if (type === number && typeof value !== 'number') throw new Error(`${name} takes a number.`);
  if (typeof value === 'string' && (value.length > most || value.length < least))
    throw new Error(`${name}: bad length.`);
  const isChoice = choices.length === 0 || choices.some((one: Json) => one.value === value);
  if (!isChoice) throw new Error(`${name} has no choice ${value}.`);
}

function resolve(state: State, channel: FakeChannel, { type }: Json, value: Json, resolved: Json): void {
  const guild = state.guilds.get(channel.guildId ?? '');
  const add = (kind: string, what: Json) => {
    resolved[kind] = { ...resolved[kind], [value]: what };
  };
  if (type === user) {
    add('users', renderUser(state, value));
    const member = guild?.members.get(value);
    if (member) add('members', renderMember(state, member, false));
  }
  const named = state.channels.get(value);
  if (type === channelOption && named) add('channels', { ...renderChannel(state, named), permissions: '0' });
  const found = guild?.roles.get(value);
  if (type === role && guild && found) add('roles', renderRole(state, guild, found));
}
