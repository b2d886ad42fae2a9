import type { Hub } from './Hub.ts';
import { renderInteraction } from './render/interactions.ts';
import type {
  FakeChannel,
  FakeMessage,
  Interaction,
  InteractionKind,
  InteractionRecord,
  Json,
  State,
} from './State.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
const answerWithinMs = 3000;
export const tokenLivesMs = 15 * 60_000;

const numbers: Readonly<Record<InteractionKind, number>> = {
  command: 2,
  button: 3,
  select: 3,
  autocomplete: 4,
  modal: 5,
};

export interface InteractionDraft {
  readonly kind: InteractionKind;
  readonly userId: string;
  readonly channel: FakeChannel;
  readonly name: string;
  readonly data: Json;
  /** The message whose component it is, or under which the modal was opened. */
  readonly message?: FakeMessage;
}

/** Tells the app, and waits 3 seconds for its answer. */
export function beginInteraction(hub: Hub, draft: InteractionDraft): Interaction {
  const { state, sessions } = hub;
  const { kind, userId, channel, name, message } = draft;
  const id = state.nextId();
  const token = `aW50ZXJhY3Rpb24${Buffer.from(crypto.randomUUID()).toString('base64url')}`;
  const { promise, resolve } = Promise.withResolvers<Interaction>();
  const interaction: Interaction = {
    ...{ id, token, kind, userId, name, channelId: channel.id, atMs: state.clock.now(), state: 'waiting' },
    answered: promise,
    reply: () => (record.originalId === undefined ? undefined : findOwn(state, record, record.originalId)),
    followUps: () => record.followUpIds.flatMap((own) => findOwn(state, record, own) ?? []),
    choices: () => (interaction.answer?.type === 8 ? (interaction.answer.data?.choices ?? []) : []),
    modal: () => (interaction.answer?.type === 9 ? interaction.answer.data : undefined),
  };
  const stopWaiting = state.clock.after(answerWithinMs, () => {
    interaction.state = 'failed';
    resolve(interaction);
    state.changed();
  });
  const record: InteractionRecord = {
    ...{ interaction, type: numbers[kind], isLoading: false, isEphemeral: false, followUpIds: [] },
    ...(message === undefined ? {} : { messageId: message.id }),
    isMenu: draft.data.type === 3 && kind === 'command',
    settle() {
      stopWaiting();
      interaction.state = 'answered';
      interaction.answeredMs = state.clock.now();
      resolve(interaction);
      state.changed();
    },
  };
  state.interactions.set(token, record);
  const payload = renderInteraction(state, record, draft);
  sessions.emit('INTERACTION_CREATE', payload, { guildId: channel.guildId });
  return interaction;
}

/** A message that the interaction's token reaches: seen by all, or by one person. */
export function findOwn(state: State, record: InteractionRecord, id: string): FakeMessage | undefined {
  const channel = state.channels.get(record.interaction.channelId);
  return channel?.messages.get(id) ?? channel?.ephemerals.get(id);
}
