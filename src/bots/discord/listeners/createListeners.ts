import { BACKSCROLL, SAVE_MENU } from '../commands.ts';
import { deletedSchema, type Interaction } from '../intake/schemas.ts';
import { questionId } from '../questionId.ts';
import type { Room } from '../Room.ts';
import { SERVER, SHOULD, VOTE } from '../render/components.ts';
import { WORDS } from '../words.ts';
import type { AskEvents } from './askEvents.ts';
import { createCommandEvents } from './commandEvents.ts';
import type { Asking } from './createAsking.ts';
import { createVotes } from './createVotes.ts';
import { createMessageEvents } from './messageEvents.ts';
import { createReactionEvents } from './reactionEvents.ts';
import { tell } from './reply.ts';

const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const MODAL = 5;

/** What is done about what Discord tells. */
export interface Listeners {
  isQuestion(message: unknown): boolean;
  wasAsked(deleted: unknown): boolean;
  isThumb(reaction: unknown): boolean;
  /** Works on an event that was stored. */
  work(type: string, data: unknown, eventId: string): Promise<void>;
  /** Answers an interaction at once: votes, commands, choices. */
  interaction(interaction: Interaction, personId: string): Promise<void>;
}

export function createListeners(room: Room, asking: Asking, asks: AskEvents): Listeners {
  const messages = createMessageEvents(room, asking);
  const reactions = createReactionEvents(room);
  const votes = createVotes(room);
  const commands = createCommandEvents(room);

  function deletedId(raw: unknown): string | undefined {
    const gone = deletedSchema.safeParse(raw).data;
    if (!gone) return undefined;
    return questionId({
      kind: 'message',
      guildId: gone.guild_id ?? '0',
      channelId: gone.channel_id,
      messageId: gone.id,
    });
  }

  async function dispatch(interaction: Interaction, personId: string): Promise<void> {
    const { type, data } = interaction;
    const customId = data.custom_id ?? '';
    if (type === COMMAND && data.name === BACKSCROLL) return commands.run(interaction, personId);
    if (type === COMMAND && data.name === SAVE_MENU) return commands.save(interaction, personId);
    if (type === AUTOCOMPLETE) return commands.complete(interaction, personId);
    if (type === MODAL) return votes.submitted(interaction, personId);
    if (type !== COMPONENT) return;
    if (customId.startsWith(VOTE)) return votes.clicked(interaction, personId);
    if (customId.startsWith(SHOULD)) return votes.asked(interaction);
    if (customId.startsWith(SERVER)) return messages.serverChosen(interaction, personId);
  }

  return {
    isQuestion: messages.isQuestion,
    isThumb: reactions.isThumb,
    wasAsked(raw) {
      const id = deletedId(raw);
      return id !== undefined && room.store.posts.ofQuestion(id).length > 0;
    },
    async work(type, data, eventId) {
      if (type === 'INTERACTION_CREATE') return asks.handle(data);
      if (type === 'MESSAGE_CREATE') return messages.handle(data);
      if (type === 'MESSAGE_DELETE') return room.chat.withdraw(deletedId(data) ?? '');
      await reactions.handle(data, eventId, type === 'MESSAGE_REACTION_ADD');
    },
    async interaction(interaction, personId) {
      const { guild_id, member } = interaction;
      try {
        // Votes do not wait for who may read what.
        if (guild_id && member?.user && interaction.type !== COMPONENT) {
          await room.membership.saw(guild_id, { ...member, user: member.user });
        }
        await dispatch(interaction, personId);
      } catch (error) {
        room.log.error({ err: error }, 'what somebody did in Discord could not be worked on');
        if (interaction.type !== AUTOCOMPLETE) await tell(room, interaction, WORDS.troubled);
      }
    },
  };
}
