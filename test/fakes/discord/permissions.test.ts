import { once } from 'node:events';
import { PermissionFlagsBits } from 'discord.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connect } from './connect.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { type PermissionName, permissionBits } from './permissions.ts';
import { ask } from './raw.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const names = Object.keys(permissionBits) as PermissionName[];

describe('permissions', () => {
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

  it('have the bits that discord.js knows', () => {
    expect(permissionBits).toEqual(Object.fromEntries(names.map((name) => [name, PermissionFlagsBits[name]])));
  });

  it('come out as discord.js computes them, whatever roles and overwrites say', async () => {
    const client = await connect(discord, { withMembers: true });
    const roles = [discord.addRole(acme, 'a'), discord.addRole(acme, 'b'), acme];
    const some = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 6 });
    // An overwrite cannot make anybody an administrator.
    const fewer = some.map((list) => list.filter((name) => name !== 'Administrator'));
    const overwrite = fc.record({ allow: fewer, deny: fewer });
    const people = [mara, discord.botUserId];
    const settings = fc.record({
      roles: fc.array(some, { minLength: 3, maxLength: 3 }),
      holds: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      overwrites: fc.array(fc.tuple(fc.nat({ max: 4 }), overwrite), { maxLength: 5 }),
    });
    let round = 0;
    let reached = 0;
    client.on('raw', ({ t, d }) => {
      if (t === 'SETTLED') reached = d.round;
    });
    const settled = async (wanted: number) => {
      while (reached < wanted) await once(client, 'raw');
    };
    await fc.assert(
      fc.asyncProperty(settings, async (given) => {
        for (const [i, permissions] of given.roles.entries()) discord.changeRole(acme, roles[i] ?? '', permissions);
        for (const [i, isHeld] of given.holds.entries()) {
          const [person = '', role = ''] = [people[i % 2], roles[i >> 1]];
          (isHeld ? discord.giveRole : discord.takeRole)(acme, person, role);
        }
        round += 1;
        const channelId = discord.addChannel(acme, `round-${round}`);
        for (const [who, names] of given.overwrites)
          discord.overwrite(channelId, [...roles, ...people][who] ?? '', names);
        discord.gateway.emit('SETTLED', { round });
        await settled(round);
        const channel = client.channels.cache.get(channelId);
        if (!channel?.isTextBased() || channel.isDMBased()) throw new Error('The client does not know the channel.');
        const guild = client.guilds.cache.get(acme);
        for (const id of people) {
          const member = guild?.members.cache.get(id) ?? (await guild?.members.fetch(id));
          const theirs = member && channel.permissionsFor(member);
          const view = theirs?.has('ViewChannel') ?? false;
          for (const name of ['ViewChannel', 'ReadMessageHistory', 'SendMessages', 'ManageMessages'] as const) {
            expect(discord.may(id, channelId, name)).toBe(view && (theirs?.has(name) ?? false));
          }
        }
      }),
      { numRuns: 25 },
    );
    await client.destroy();
  });

  it('decide what the bot may see, read, send and delete', async () => {
    const said = discord.user(mara).says(ops, 'Hello');
    const code = async (route: string, body?: object) => {
      const answer = await ask(discord, route, body);
      return answer.body.code ?? answer.status;
    };
    const list = `GET /channels/${ops}/messages`;
    const one = `${list}/${said.id}`;
    const post = `POST /channels/${ops}/messages`;
    expect(await code(`DELETE /channels/${ops}/messages/${said.id}`)).toBe(50013);
    expect(await code(`PATCH /channels/${ops}/messages/${said.id}`, { content: 'x' })).toBe(50005);
    discord.overwrite(ops, acme, { deny: ['SendMessages'] });
    expect(await code(post, { content: 'x' })).toBe(50013);
    expect(await code(`POST /channels/${ops}/typing`)).toBe(50013);
    discord.overwrite(ops, acme, { deny: ['ReadMessageHistory'] });
    expect((await ask(discord, list)).body).toEqual([]);
    expect(await code(one)).toBe(50001);
    expect(await code(post, { content: 'x', message_reference: { message_id: said.id } })).toBe(160002);
    discord.makePrivate(ops, [mara], { withoutBot: true });
    expect(await Promise.all([code(list), code(one), code(`GET /channels/${ops}`)])).toEqual([50001, 50001, 50001]);
    discord.makePublic(ops);
    expect(await code(one)).toBe(200);
    discord.deleteChannel(ops);
    expect(await code(list)).toBe(10003);
    discord.kickBot(acme);
    expect(await code(`GET /guilds/${acme}`)).toBe(50001);
  });

  it('hold for people too', () => {
    const boss = discord.addUser('boss');
    discord.addMember(acme, boss);
    const staff = discord.addRole(acme, 'staff', [], [boss]);
    discord.makePrivate(ops, [staff]);
    expect(() => discord.user(mara).says(ops, 'x')).toThrow('ViewChannel');
    discord.user(boss).says(ops, 'x');
    discord.takeRole(acme, boss, staff);
    expect(() => discord.user(boss).says(ops, 'x')).toThrow('ViewChannel');
    discord.changeRole(acme, acme, ['Administrator']);
    discord.user(mara).says(ops, 'x');
  });

  it('keep the bot from who shuts it out', async () => {
    const shy = discord.addUser('shy', { hasDmsClosed: true });
    discord.addMember(acme, shy);
    const { body: dm } = await ask(discord, 'POST /users/@me/channels', { recipient_id: shy });
    expect((await ask(discord, `POST /channels/${dm.id}/messages`, { content: 'x' })).body.code).toBe(50007);
    const open = discord.dm(mara);
    expect((await ask(discord, `POST /channels/${open}/messages`, { content: 'x' })).status).toBe(200);
  });
});
