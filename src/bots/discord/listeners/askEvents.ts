import { spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import { sourcesOf } from '../../knownToPerson.ts';
import { ASK, ASK_MENU } from '../commands.ts';
import { channelOf, type Interaction, interactionSchema, optionOf, personOf } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import type { Asking } from './createAsking.ts';
import { rememberServer, serverFor } from './homeServer.ts';
import { messageText } from './messageText.ts';

const COMMAND = 2;

/** `/ask` and "Ask about this": interactions that are answered later. */
export interface AskEvents {
  isAsking(interaction: Interaction): boolean;
  /** Only the asker sees the answer. */
  isPrivate(interaction: Interaction): boolean;
  handle(raw: unknown): Promise<void>;
}

export function createAskEvents(room: Room, asking: Asking): AskEvents {
  const isMenu = ({ data }: Interaction) => data.name === ASK_MENU;

  function isPrivate(interaction: Interaction): boolean {
    const wanted = optionOf(interaction, 'private');
    // A direct conversation has nobody else in it; what only one person sees there would go with the window.
    if (!interaction.guild_id) return false;
    return isMenu(interaction) || wanted === true || /^(yes|true)$/i.test(String(wanted ?? ''));
  }

  function textOf(interaction: Interaction, guildId: string, channelId: string): string {
    if (!isMenu(interaction)) return String(optionOf(interaction, 'question') ?? '').trim();
    const { target_id, resolved } = interaction.data;
    return messageText(room, guildId, channelId, resolved?.messages?.[target_id ?? '']);
  }

  return {
    isAsking: ({ type, data }) => type === COMMAND && (data.name === ASK || data.name === ASK_MENU),
    isPrivate,
    async handle(raw) {
      const interaction = interactionSchema.parse(raw);
      const { id, token, guild_id, member } = interaction;
      const person = personOf(interaction);
      const channelId = channelOf(interaction);
      if (!person || !channelId) return;
      const guildId = guild_id ?? '0';
      if (guild_id) {
        if (member) await room.membership.saw(guild_id, { ...member, user: person });
        rememberServer(room, person.id, guild_id);
      }
      const isOwn = isPrivate(interaction) || !guild_id;
      const server = guild_id ? { guildId: guild_id } : await serverFor(room, person.id);
      // Without a server that they share with us, nothing is theirs to read.
      const privateIn = isOwn ? ('guildId' in server ? server.guildId : '0') : undefined;
      const chosen = Number(optionOf(interaction, 'source') ?? Number.NaN);
      const own = sourcesOf(room.store, { space: spaceOf(privateIn ?? guildId), personId: person.id });
      const typed = String(optionOf(interaction, 'source') ?? '').toLowerCase();
      const source = own.find((one) => one.id === chosen) ?? own.find(({ name }) => name.toLowerCase() === typed);
      const parts = {
        kind: 'interaction',
        guildId,
        channelId,
        interactionId: id,
        isPrivate: isPrivate(interaction),
      } as const;
      await asking.ask({
        ...{ parts, personId: person.id, text: textOf(interaction, guildId, channelId), threadId: id, token },
        ...(privateIn === undefined ? {} : { privateIn }),
        // What they may not read, or what is not there, gives no answer rather than one from elsewhere.
        ...(typed === '' ? {} : { sourceId: source?.id ?? 0 }),
      });
    },
  };
}
