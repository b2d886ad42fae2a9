import { commandOptions, findCommand } from './commandOptions.ts';
import type { Hub } from './Hub.ts';
import { beginInteraction } from './interactions.ts';
import type { Person, Spot } from './Person.ts';
import type { PermissionName } from './permissions.ts';
import { renderMessage } from './render/messages.ts';
import { renderMember, renderUser } from './render/people.ts';
import type { FakeChannel, FakeMessage, Json } from './State.ts';
import { modalInputs } from './validateModal.ts';

type InteractionSide = Pick<Person, 'runs' | 'completes' | 'usesMenu' | 'presses' | 'selects' | 'submits'>;

export interface Finders {
  channelOf(id: string, ...needed: readonly PermissionName[]): FakeChannel;
  messageAt(spot: Spot): { readonly channel: FakeChannel; readonly message: FakeMessage };
}

const button = 2;
const selects = [3, 5, 6, 7, 8];

/** What a person does with the app's commands, buttons and modals. */
export function createInteractionSide(hub: Hub, userId: string, { channelOf, messageAt }: Finders): InteractionSide {
  const { state } = hub;
  const commandChannel = (id: string) => channelOf(id, 'UseApplicationCommands');

  function component(spot: Spot, isIt: (one: Json) => boolean, what: string) {
    const { channel, message } = messageAt(spot);
    const found = allComponents(message.components).find(isIt);
    if (!found) throw new Error(`There is no ${what} in message ${message.id}.`);
    if (found.disabled) throw new Error(`${what} is disabled.`);
    return { channel, message, found };
  }

  return {
    runs(name, given = {}, where = 'dm') {
      const channel = commandChannel(where);
      const { command, path } = findCommand(state, channel, name, 1);
      const { options, resolved } = commandOptions(state, channel, command, path, given);
      const data = { ...headOf(command), options, ...(Object.keys(resolved).length > 0 ? { resolved } : {}) };
      return beginInteraction(hub, { kind: 'command', userId, channel, name: command.name, data });
    },
    completes(name, focused, typed, where = 'dm', given = {}) {
      const channel = commandChannel(where);
      const { command, path } = findCommand(state, channel, name, 1);
      const { options } = commandOptions(state, channel, command, path, { ...given, [focused]: typed }, focused);
      const data = { ...headOf(command), options };
      return beginInteraction(hub, { kind: 'autocomplete', userId, channel, name: command.name, data });
    },
    usesMenu(name, spot) {
      const { channel, message } = messageAt(spot);
      const { command } = findCommand(state, channel, name, 3);
      const guild = state.guilds.get(channel.guildId ?? '');
      const member = guild?.members.get(message.authorId);
      const resolved = {
        messages: { [message.id]: renderMessage(state, message, { hasContent: true }) },
        users: { [message.authorId]: renderUser(state, message.authorId) },
        ...(member ? { members: { [message.authorId]: renderMember(state, member, false) } } : {}),
      };
      const data = { ...headOf(command), target_id: message.id, resolved };
      return beginInteraction(hub, { kind: 'command', userId, channel: commandChannel(channel.id), name, data });
    },
    presses(spot, name) {
      const begins = name.endsWith('*') ? name.slice(0, -1) : undefined;
      const isIt = ({ type, custom_id: id, label }: Json) =>
        type === button && (begins === undefined ? id === name || label === name : String(id).startsWith(begins));
      const { channel, message, found } = component(spot, isIt, `button ${name}`);
      if (found.custom_id === undefined) throw new Error(`${name} is a link.`);
      const data = { custom_id: found.custom_id, component_type: button, id: found.id ?? 1 };
      return beginInteraction(hub, { kind: 'button', userId, channel, message, name: found.custom_id, data });
    },
    selects(spot, customId, values) {
      const isIt = ({ type, custom_id: id }: Json) => selects.includes(type) && id === customId;
      const { channel, message, found } = component(spot, isIt, `menu ${customId}`);
      const data = { custom_id: customId, component_type: found.type, id: found.id ?? 1, values };
      return beginInteraction(hub, { kind: 'select', userId, channel, message, name: customId, data });
    },
    submits(opened, values = {}) {
      const modal = opened.modal();
      if (!modal) throw new Error('No modal was opened.');
      if (opened.userId !== userId) throw new Error(`The modal is not open for ${userId}.`);
      const known = new Set(modalInputs(modal).map(({ custom_id }) => custom_id));
      const strange = Object.keys(values).filter((id) => !known.has(id));
      if (strange.length > 0) throw new Error(`The modal has no ${strange.join(', ')}.`);
      const filled = (input: Json) => {
        const value = values[input.custom_id] ?? input.value ?? '';
        if (value === '' && input.required !== false) throw new Error(`${input.custom_id} must be filled in.`);
        if ([...value].length > (input.max_length ?? 4000)) throw new Error(`${input.custom_id} is too long.`);
        return { type: input.type, custom_id: input.custom_id, value };
      };
      const components = modal.components.map((row: Json) => ({
        type: row.type,
        ...(row.component ? { component: filled(row.component) } : { components: row.components.map(filled) }),
      }));
      const channel = channelOf(opened.channelId);
      const record = state.interactions.get(opened.token);
      const from = record?.messageId ?? '';
      const message = channel.messages.get(from) ?? channel.ephemerals.get(from);
      const data = { custom_id: modal.custom_id, components };
      const draft = { kind: 'modal' as const, userId, channel, name: modal.custom_id, data };
      return beginInteraction(hub, message ? { ...draft, message } : draft);
    },
  };
}

function headOf(command: Json): Json {
  const { id, name, type, guild_id } = command;
  return { id, name, type, ...(guild_id === undefined ? {} : { guild_id }) };
}

function allComponents(components: readonly Json[]): readonly Json[] {
  return components.flatMap((one) => [
    one,
    ...allComponents(one.components ?? []),
    ...allComponents(one.accessory ? [one.accessory] : []),
  ]);
}
