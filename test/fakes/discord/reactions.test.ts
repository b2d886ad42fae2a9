import { type Client, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { ask } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('reactions', () => {
  let discord: FakeDiscord;
  let client: Client<true> | undefined;
  let mara: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off' });
    mara = discord.addUser('mara');
    ops = discord.addChannel(discord.addGuild('Acme', { members: [mara] }), 'ops');
    client = undefined;
  });
  afterEach(async () => {
    await client?.destroy();
    await discord.stop();
  });

  it('reach discord.js for messages of long ago, skin tones and removal included', async () => {
    const [old] = discord.fill(ops, [{ userId: discord.botUserId, text: 'Answer', atMs: 1_600_000_000_000 }]);
    const heard: string[] = [];
    client = await connect(discord);
    client.on(Events.MessageReactionAdd, ({ message, emoji }, user) => {
      heard.push(`+${emoji.name} ${message.id === old?.id} ${user.id === mara}`);
    });
    client.on(Events.MessageReactionRemove, ({ emoji }) => heard.push(`-${emoji.name}`));
    const spot = { channelId: ops, id: old?.id ?? '' };
    discord.user(mara).reacts(spot, '👍🏽');
    discord.user(mara).unreacts(spot, '👍🏽');
    discord.user(mara).reacts({ channelId: discord.dm(mara), id: discord.user(mara).says('dm', 'x').id }, '👎');
    while (heard.length < 3) await new Promise((go) => client?.once('raw', () => setImmediate(go)));
    expect(heard).toEqual(['+👍🏽 true true', '-👍🏽', '+👎 false true']);
  });

  it('are dropped by discord.js in a DM that it has not met, and seen by who listens to the wire', async () => {
    const [old] = discord.fill(discord.dm(mara), [{ userId: discord.botUserId, text: 'Answer' }]);
    let heard = 0;
    client = await connect(discord);
    client.on(Events.MessageReactionAdd, () => {
      heard += 1;
    });
    const raw = new Promise<Json>((resolve) =>
      client?.on('raw', ({ t, d }) => t === 'MESSAGE_REACTION_ADD' && resolve(d)),
    );
    discord.user(mara).reacts({ channelId: 'dm', id: old?.id ?? '' }, '👍');
    expect(await raw).toMatchObject({ message_id: old?.id, user_id: mara });
    await new Promise(setImmediate);
    expect(heard).toBe(0);
  });

  it('are counted, listed by page, and taken away', async () => {
    const said = discord.user(mara).says(ops, 'x');
    const people = Array.from({ length: 3 }, (_, i) => discord.addUser(`p${i}`));
    for (const id of people) {
      discord.addMember(discord.channel(ops).guildId ?? '', id);
      discord.user(id).reacts(said, '👍');
    }
    const base = `/channels/${ops}/messages/${said.id}`;
    const emoji = `${base}/reactions/${encodeURIComponent('👍')}`;
    expect((await ask(discord, `PUT ${emoji}/@me`)).status).toBe(204);
    expect((await ask(discord, `GET ${base}`)).body.reactions).toMatchObject([
      { emoji: { id: null, name: '👍' }, count: 4, me: true },
    ]);
    const page = async (query: string) => (await ask(discord, `GET ${emoji}${query}`)).body.map(({ id }: Json) => id);
    expect(await page('?limit=2')).toEqual([discord.botUserId, people[0]]);
    expect(await page(`?limit=2&after=${people[0]}`)).toEqual([people[1], people[2]]);
    expect((await ask(discord, `DELETE ${emoji}/@me`)).status).toBe(204);
    expect((await ask(discord, `DELETE ${emoji}`)).body.code).toBe(50013);
    discord.overwrite(ops, discord.botUserId, { allow: ['ManageMessages'] });
    expect((await ask(discord, `DELETE ${emoji}/${people[0]}`)).status).toBe(204);
    expect((await ask(discord, `DELETE ${base}/reactions`)).status).toBe(204);
    expect(discord.message(ops, said.id)?.reactions.size).toBe(0);
  });

  it('are real emojis, and the first of each takes a permission', async () => {
    const said = discord.user(mara).says(ops, 'x');
    const put = async (name: string) => {
      const path = `/channels/${ops}/messages/${said.id}/reactions/${encodeURIComponent(name)}/@me`;
      const { status, body } = await ask(discord, `PUT ${path}`);
      return body.code ?? status;
    };
    expect(await put('thumbsup')).toBe(10014);
    expect(await put('party:123456789012345678')).toBe(204);
    discord.user(mara).reacts(said, '👍');
    discord.overwrite(ops, discord.channel(ops).guildId ?? '', { deny: ['AddReactions'] });
    expect([await put('👍'), await put('👎')]).toEqual([204, 50013]);
  });
});
