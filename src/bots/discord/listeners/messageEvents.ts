import { snowflakeMs } from '../../../platforms/discord/snowflake.ts';
import { createChannelSurface } from '../chat/createChannelSurface.ts';
import { type Interaction, type Said, saidSchema } from '../intake/schemas.ts';
import type { Room } from '../Room.ts';
import { serverMenu } from '../render/components.ts';
import { WORDS } from '../words.ts';
import type { Asking } from './createAsking.ts';
import { rememberServer, serverFor } from './homeServer.ts';
import { messageText } from './messageText.ts';
import { tell } from './reply.ts';
import { historyOf, threadOf } from './threads.ts';

/** What people say; every other type is Discord speaking. */
const SPOKEN = new Set([0, 19]);

/** Messages that are questions: a mention, a reply to an answer, anything said to the bot directly. */
export interface MessageEvents {
  /** Asked before it is stored. */
  isQuestion(raw: unknown): boolean;
  handle(raw: unknown): Promise<void>;
  /** Somebody said in which server a direct question is to be answered. */
  serverChosen(interaction: Interaction, personId: string): Promise<void>;
}

export function createMessageEvents(room: Room, asking: Asking): MessageEvents {
  const { identity, store, membership, servers } = room;

  /** People often choose the role that came with the bot instead of the bot. */
  function isOwnRole(guildId: string, roleId: string): boolean {
    return servers.get(guildId)?.roles.get(roleId)?.tags?.bot_id === identity.botUserId;
  }

  function isToUs(said: Said): boolean {
    if (!said.guild_id) return true;
    const { botUserId } = identity;
    if (said.mentions.some(({ id }) => id === botUserId) || new RegExp(`<@!?${botUserId}>`).test(said.content))
      return true;
    if (said.mention_roles.some((role) => isOwnRole(said.guild_id ?? '', role))) return true;
    if (said.referenced_message?.author?.id === botUserId) return true;
    const repliedTo = said.message_reference?.message_id;
    return Boolean(repliedTo && store.posts.find('discord', said.channel_id, repliedTo));
  }

  function isQuestion(raw: unknown): boolean {
    const said = saidSchema.safeParse(raw).data;
    if (!said || !SPOKEN.has(said.type)) return false;
    // Bots that mention each other would never stop.
    if (said.author.bot || said.webhook_id || said.author.id === identity.botUserId) return false;
    return isToUs(said);
  }

  const partsOf = ({ id, channel_id, guild_id }: Said) =>
    ({ kind: 'message', guildId: guild_id ?? '0', channelId: channel_id, messageId: id }) as const;

  async function ask(said: Said, privateIn: string | undefined): Promise<void> {
    const guildId = said.guild_id ?? '0';
    const { id, channel_id: channelId, author } = said;
    const repliedTo = said.message_reference?.message_id ?? undefined;
    const threadId = await threadOf(room, { guildId, channelId, atMs: snowflakeMs(id) }, repliedTo, id);
    const roles = said.mention_roles.filter((role) => isOwnRole(guildId, role));
    const content = roles.reduce((text, role) => text.replaceAll(`<@&${role}>`, ' '), said.content);
    const own = messageText(room, guildId, channelId, { ...said, content });
    // A mention and nothing else, below something, asks about that.
    const isBelow = own === '' && said.referenced_message && said.referenced_message.author?.id !== identity.botUserId;
    const text = isBelow ? messageText(room, guildId, channelId, said.referenced_message) : own;
    const history = isBelow ? [] : await historyOf(room, said, threadId);
    await asking.ask({
      ...{ parts: partsOf(said), personId: author.id, text, history, threadId },
      ...(privateIn === undefined ? {} : { privateIn }),
    });
  }

  async function askDirectly(said: Said): Promise<void> {
    const server = await serverFor(room, said.author.id);
    if ('guildId' in server) return ask(said, server.guildId);
    const menu = server.choices.length > 0 ? [serverMenu(said.id, server.choices)] : [];
    const content = server.choices.length > 0 ? WORDS.whichServer : WORDS.noServer;
    const surface = createChannelSurface({
      ...{ api: room.api, channelId: said.channel_id, replyTo: said.id, name: `server ${said.id}`, posts: [] },
      ...{ strays: async () => [], noted: async () => {}, signal: room.signal },
    });
    await surface.write(0, { content, components: menu });
  }

  return {
    isQuestion,
    async handle(raw) {
      const said = saidSchema.parse(raw);
      const { guild_id: guildId, member, author } = said;
      if (!guildId) return askDirectly(said);
      if (member) await membership.saw(guildId, { ...member, user: author });
      rememberServer(room, author.id, guildId);
      await ask(said, undefined);
    },
    async serverChosen(interaction, personId) {
      const guildId = interaction.data.values?.[0];
      const messageId = interaction.data.custom_id?.split(':')[1];
      const channelId = interaction.channel_id;
      if (!guildId || !messageId || !channelId || !servers.ids().includes(guildId)) return;
      rememberServer(room, personId, guildId);
      await tell(room, interaction, `${servers.get(guildId)?.name ?? guildId} ✓`);
      const path = `/channels/${channelId}/messages/${messageId}`;
      const raw = await room.api.call('GET', path, { answer: saidSchema, priority: 'answer' });
      if (raw.author.id === personId) await ask(raw, guildId);
    },
  };
}
