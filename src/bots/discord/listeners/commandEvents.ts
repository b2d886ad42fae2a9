import { guildOf, spaceOf } from '../../../platforms/discord/server/createMembership.ts';
import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import { sourceLines, sourcesOf, statusFor } from '../../knownToPerson.ts';
import { saveAsAnswer } from '../../saveAsAnswer.ts';
import { channelOf, type Interaction, optionOf, subcommandOf } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import { WORDS } from '../words.ts';
import { ballot } from './createVotes.ts';
import { serverFor } from './homeServer.ts';
import { messageText } from './messageText.ts';
import { offerChoices, tell } from './reply.ts';
import { threadOf } from './threads.ts';

const SOURCES_SHOWN = 40;

/** `/backscroll …`, autocomplete and "Save as answer": what is answered at once. */
export function createCommandEvents(room: Room) {
  const { store, membership } = room;

  /** The server that a command is about: where it was typed, or, in a direct conversation, the asker's. */
  async function spaceFor({ guild_id }: Interaction, personId: string): Promise<string | undefined> {
    if (guild_id) return spaceOf(guild_id);
    const server = await serverFor(room, personId);
    return 'guildId' in server ? spaceOf(server.guildId) : undefined;
  }

  async function describe(verb: string | undefined, space: string, personId: string): Promise<string> {
    if (verb === 'forget-me') {
      await room.forgetMe(space, personId);
      return WORDS.forgotten;
    }
    await membership.ensure({ kind: 'person', space, personId });
    const person = { space, personId };
    if (verb === 'status') return statusFor(store, person, (ms) => `<t:${Math.floor(ms / 1000)}:R>`);
    return sourceLines(sourcesOf(store, person), SOURCES_SHOWN, ({ kind, key, name }) =>
      kind === 'channel' && room.servers.get(guildOf(space))?.channels.has(key) ? `<#${key}>` : escaped(name),
    );
  }

  return {
    async run(interaction: Interaction, personId: string): Promise<void> {
      const verb = subcommandOf(interaction);
      if (verb === undefined || verb === 'help') {
        await tell(room, interaction, WORDS.help);
        return;
      }
      const space = await spaceFor(interaction, personId);
      const said = space ? await describe(verb, space, personId).catch(() => WORDS.cannotTell) : WORDS.noServer;
      await tell(room, interaction, said);
    },

    /** The sources that the asker may read, by what is typed. */
    async complete(interaction: Interaction, personId: string): Promise<void> {
      const space = await spaceFor(interaction, personId).catch(() => undefined);
      const typed = String(optionOf(interaction, 'source') ?? '').toLowerCase();
      const own = space ? sourcesOf(store, { space, personId }) : [];
      const fitting = own.filter(({ name }) => name.toLowerCase().includes(typed));
      await offerChoices(
        room,
        interaction,
        fitting.slice(0, 25).map(({ id, name }) => ({ name: name.slice(0, 100) || String(id), value: String(id) })),
      );
    },

    /** "Save as answer": a good reply of a person becomes what the bot should have said. */
    async save(interaction: Interaction, personId: string): Promise<void> {
      const { guild_id, data } = interaction;
      const guildId = guild_id ?? '0';
      const channelId = channelOf(interaction) ?? '';
      const messageId = data.target_id ?? '';
      const raw = data.resolved?.messages?.[messageId];
      const reference = (raw as { message_reference?: { message_id?: string } } | undefined)?.message_reference;
      const atMs = snowflakeMs(messageId);
      const thread = await threadOf(room, { guildId, channelId, atMs }, reference?.message_id, '');
      // In a channel without threads, what was asked there last is what a reply without a reference answers.
      const threadId = thread || ((await store.threads.list('discord', channelId, 1))[0]?.threadId ?? '');
      const text = messageText(room, guildId, channelId, raw);
      const isCurator = room.settings.curators.includes(personId);
      const sentence = await saveAsAnswer(
        { answers: store.answers, feedback: room.feedback, isCurator },
        { platform: 'discord', channelId, threadId, atMs, text },
        (answerId) => ballot(`discord:save:${interaction.id}`, answerId, personId),
      );
      await tell(room, interaction, sentence);
    },
  };
}

const escaped = (name: string) => name.replace(/[*_`~|<>\\]/g, '\\$&');
