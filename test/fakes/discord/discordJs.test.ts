import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Client,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('the real discord.js', () => {
  let discord: FakeDiscord;
  let client: Client<true>;
  let mara: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off' });
    mara = discord.addUser('mara');
    acme = discord.addGuild('Acme', { members: [mara] });
    ops = discord.addChannel(acme, 'ops');
    client = await connect(discord);
  });
  afterEach(async () => {
    await client.destroy();
    await discord.stop();
    expect(discord.violations).toEqual([]);
  });

  it('knows itself, its servers and their channels', () => {
    expect(client.user.id).toBe(discord.botUserId);
    expect(client.guilds.cache.get(acme)?.name).toBe('Acme');
    expect(client.channels.cache.has(ops)).toBe(true);
  });

  it('hears what is said, and answers', async () => {
    client.on(Events.MessageCreate, async (message) => {
      if (!message.author.bot) await message.reply({ content: `Heard: ${message.content}` });
    });
    const said = discord.user(mara).says(ops, 'Hello there');
    await discord.when(() => discord.messages(ops).length === 2);
    const [, answer] = discord.messages(ops);
    expect(answer).toMatchObject({ content: 'Heard: Hello there', replyTo: said.id, authorId: discord.botUserId });
  });

  it('defers a command, edits the answer, and follows up', async () => {
    await client.application.commands.set([
      {
        name: 'ask',
        description: 'Asks',
        options: [{ type: 3, name: 'question', description: 'What', required: true }],
      },
    ]);
    client.on(Events.InteractionCreate, async (asked) => {
      if (!asked.isChatInputCommand()) return;
      await asked.deferReply();
      await asked.editReply(`You asked: ${asked.options.getString('question')}`);
      await asked.followUp('And one more thing.');
    });
    const asked = discord.user(mara).runs('ask', { question: 'Where is the VPN?' }, ops);
    await asked.answered;
    expect(asked.answer.type).toBe(5);
    await discord.when(() => asked.followUps().length === 1);
    expect(asked.reply()?.content).toBe('You asked: Where is the VPN?');
    expect(discord.messages(ops).map(({ content }) => content)).toEqual([
      'You asked: Where is the VPN?',
      'And one more thing.',
    ]);
  });

  it('opens a modal from a button of an ephemeral answer, and takes what was typed', async () => {
    await client.application.commands.set([{ name: 'ask', description: 'Asks' }]);
    const vote = new ButtonBuilder().setCustomId('vote:down').setLabel('Wrong').setStyle(ButtonStyle.Secondary);
    const input = new TextInputBuilder().setCustomId('better').setStyle(TextInputStyle.Paragraph);
    const label = new LabelBuilder().setLabel('What should it have said?').setTextInputComponent(input);
    const modal = new ModalBuilder().setCustomId('fix').setTitle('Correct it').addLabelComponents(label);
    client.on(Events.InteractionCreate, async (asked) => {
      if (asked.isChatInputCommand()) {
        const row = new ActionRowBuilder<ButtonBuilder>().addComponents(vote);
        await asked.reply({ content: 'Answer', components: [row], flags: MessageFlags.Ephemeral });
      } else if (asked.isButton()) await asked.showModal(modal);
      else if (asked.isModalSubmit()) {
        await asked.deferUpdate();
        await asked.editReply({ content: `Noted: ${asked.fields.getTextInputValue('better')}`, components: [] });
      }
    });
    const asked = await discord.user(mara).runs('ask', {}, ops).answered;
    const reply = discord.ephemerals(mara)[0];
    if (!reply) throw new Error('Nothing was answered.');
    expect([asked.reply()?.content, discord.messages(ops)]).toEqual(['Answer', []]);
    const pressed = await discord.user(mara).presses(reply, 'Wrong').answered;
    await discord.user(mara).submits(pressed, { better: 'Otherwise' }).answered;
    await discord.when(() => reply.content === 'Noted: Otherwise');
    expect(reply.components).toEqual([]);
  });

  it('completes options, and uses menus', async () => {
    const option = { type: 3, name: 'source', description: 'Where', autocomplete: true };
    await client.application.commands.set([
      { name: 'ask', description: 'Asks', options: [option] },
      { name: 'Ask about this', type: 3 },
    ]);
    client.on(Events.InteractionCreate, async (asked) => {
      if (asked.isAutocomplete()) await asked.respond([{ name: asked.options.getFocused(), value: 'x' }]);
      if (asked.isMessageContextMenuCommand()) await asked.reply(`About: ${asked.targetMessage.content}`);
    });
    const typing = await discord.user(mara).completes('ask', 'source', 'op', ops).answered;
    expect(typing.choices()).toEqual([expect.objectContaining({ name: 'op', value: 'x' })]);
    const said = discord.user(mara).says(ops, 'VPN is down');
    const used = await discord.user(mara).usesMenu('Ask about this', said).answered;
    expect(used.reply()?.content).toBe('About: VPN is down');
  });

  it('reads histories, threads, pins and members', async () => {
    discord.fill(ops, [{ userId: mara, text: 'old', atMs: 1_600_000_000_000 }]);
    const open = discord.user(mara).opensThread(ops, 'open');
    const closed = discord.user(mara).opensThread(ops, 'closed');
    discord.user(mara).archives(closed);
    const channel = client.channels.cache.get(ops);
    if (channel?.type !== ChannelType.GuildText) throw new Error('There is no channel.');
    const history = await channel.messages.fetch({ limit: 10, cache: false });
    expect([...history.values()].at(-1)?.createdTimestamp).toBe(1_600_000_000_000);
    expect([...(await channel.threads.fetchActive()).threads.keys()]).toEqual([open]);
    expect([...(await channel.threads.fetchArchived()).threads.keys()]).toEqual([closed]);
    expect((await channel.messages.fetchPins()).items).toEqual([]);
    expect((await channel.guild.members.fetch(mara)).user.username).toBe('mara');
    await channel.sendTyping();
    expect(discord.typings).toHaveLength(1);
    const dm = await (await client.users.fetch(mara)).send({ content: 'Psst', files: [Buffer.from('a')] });
    expect(discord.message(discord.dm(mara), dm.id)?.attachments).toHaveLength(1);
  });

  it('comes back to a gateway that refused for a while', async () => {
    discord.gateway.refuse(true);
    await discord.when(() => discord.gateway.count === 0);
    discord.gateway.refuse(false);
    await discord.when(() => discord.gateway.count === 1);
    expect(discord.gateway.resumed).toBe(1);
  });
});
