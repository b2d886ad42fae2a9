import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf, type IntentName } from './intents.ts';
import { ask, identified, type RawGateway } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const withoutContent: readonly IntentName[] = ['Guilds', 'GuildMessages', 'DirectMessages'];

describe('intents', () => {
  let discord: FakeDiscord;
  let mara: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ clock: createClock({ running: false }), limits: 'off' });
    mara = discord.addUser('mara');
    acme = discord.addGuild('Acme', { members: [mara] });
    ops = discord.addChannel(acme, 'ops');
  });
  afterEach(() => discord.stop());

  const contents = (gateway: RawGateway) =>
    gateway.heard.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.content);
  /** Everything before has been heard when this is. */
  async function settle(gateway: RawGateway): Promise<void> {
    discord.gateway.emit('SETTLED', {});
    await gateway.event('SETTLED');
  }

  it('empties what is said, but for the bot’s own, DMs and what names it', async () => {
    const gateway = await identified(discord, bitsOf(withoutContent));
    const person = discord.user(mara);
    person.says(ops, 'among us', { files: [{ name: 'a.txt', text: 'a' }], embeds: [{ title: 'b' }] });
    person.says(ops, `<@${discord.botUserId}> for you`);
    person.says('dm', 'in private');
    const { body: own } = await ask(discord, `POST /channels/${ops}/messages`, { content: 'mine' });
    person.says(ops, 'a reply', { replyTo: own.id });
    person.says(ops, 'a reply that does not ping', { replyTo: own.id, withoutPing: true });
    await settle(gateway);
    expect(contents(gateway)).toEqual(['', `<@${discord.botUserId}> for you`, 'in private', 'mine', 'a reply', '']);
    expect(gateway.heard.find(({ t }) => t === 'MESSAGE_CREATE').d).toMatchObject({ attachments: [], embeds: [] });
  });

  it('empties over REST as well when the portal’s switch is off', async () => {
    discord.user(mara).says(ops, 'among us');
    const content = async () => {
      const { body } = await ask(discord, `GET /channels/${ops}/messages`);
      return body.map((one: Json) => one.content);
    };
    expect(await content()).toEqual(['among us']);
    discord.setPrivileged([]);
    expect(await content()).toEqual(['']);
    const { body } = await ask(discord, 'GET /applications/@me');
    expect(body.flags & (1 << 19)).toBe(0);
  });

  it('sends only the events that were asked for', async () => {
    const gateway = await identified(discord, bitsOf(['GuildMessageReactions']));
    const person = discord.user(mara);
    const said = person.says(ops, 'x');
    const secret = person.says('dm', 'y');
    person.reacts({ channelId: ops, id: said.id }, '👍');
    person.reacts({ channelId: discord.dm(mara), id: secret.id }, '👍');
    discord.rename(ops, 'operations');
    discord.setNick(acme, mara, 'M');
    await settle(gateway);
    expect(gateway.heard.map(({ t }) => t).filter(Boolean)).toEqual(['READY', 'MESSAGE_REACTION_ADD', 'SETTLED']);
  });

  it('tells of members to who has the intent, of the bot itself to all', async () => {
    const plain = await identified(discord, bitsOf(['Guilds']));
    const privileged = await identified(discord, bitsOf(['Guilds', 'GuildMembers']));
    const role = discord.addRole(acme, 'staff', [], [mara]);
    discord.takeRole(acme, mara, role);
    discord.giveRole(acme, discord.botUserId, role);
    await Promise.all([settle(plain), settle(privileged)]);
    const who = ({ heard }: RawGateway) =>
      heard.filter(({ t }) => t === 'GUILD_MEMBER_UPDATE').map(({ d }) => [d.user.id, d.roles.includes(role)]);
    expect(who(plain)).toEqual([[discord.botUserId, true]]);
    expect(who(privileged)).toEqual([
      [mara, true],
      [mara, false],
      [discord.botUserId, true],
    ]);
  });

  it('says nothing of what is said where the bot may not look', async () => {
    const gateway = await identified(discord, bitsOf(withoutContent));
    discord.makePrivate(ops, [mara], { withoutBot: true });
    discord.user(mara).says(ops, `<@${discord.botUserId}> hidden`);
    await settle(gateway);
    expect(contents(gateway)).toEqual([]);
    expect(gateway.heard.some(({ t }) => t === 'CHANNEL_UPDATE')).toBe(true);
  });
});
