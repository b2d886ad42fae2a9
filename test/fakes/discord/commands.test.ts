import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeDiscord } from './FakeDiscord.ts';
import { ask } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('application commands', () => {
  let discord: FakeDiscord;
  let base: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off' });
    base = `/applications/${discord.appId}/commands`;
  });
  afterEach(() => discord.stop());

  it('are replaced as a whole, and keep their ids by name and type', async () => {
    const first = await ask(discord, `PUT ${base}`, [
      { name: 'ask', description: 'Asks' },
      { name: 'Save', type: 3 },
    ]);
    expect(first.body).toMatchObject([{ name: 'ask', type: 1, application_id: discord.appId }, { type: 3 }]);
    const second = await ask(discord, `PUT ${base}`, [{ name: 'ask', description: 'Asks more' }]);
    expect(second.body).toMatchObject([{ id: first.body[0].id, description: 'Asks more' }]);
    expect(second.body[0].version).not.toBe(first.body[0].version);
    expect((await ask(discord, `GET ${base}`)).body).toEqual(second.body);
    expect(discord.commands()).toEqual(second.body);
  });

  it('are made, changed and deleted one by one, for one server too', async () => {
    const acme = discord.addGuild('Acme');
    const made = await ask(discord, `POST ${base}`, { name: 'ask', description: 'Asks' });
    expect(made.status).toBe(201);
    const path = `${base}/${made.body.id}`;
    expect((await ask(discord, `PATCH ${path}`, { description: 'New' })).body.description).toBe('New');
    expect((await ask(discord, `DELETE ${path}`)).status).toBe(204);
    expect((await ask(discord, `GET ${path}`)).body.code).toBe(10063);
    const own = `/applications/${discord.appId}/guilds/${acme}/commands`;
    await ask(discord, `PUT ${own}`, [{ name: 'here', description: 'Here' }]);
    expect([discord.commands(), discord.commands(acme)]).toEqual([[], [expect.objectContaining({ guild_id: acme })]]);
    expect((await ask(discord, `GET /applications/1/commands`)).body.code).toBe(10002);
  });

  it.each([
    ['a name in capitals', { name: 'Ask', description: 'x' }],
    ['no description', { name: 'ask' }],
    ['a description that is too long', { name: 'ask', description: 'x'.repeat(101) }],
    ['a menu with a description', { name: 'Ask', type: 3, description: 'x' }],
    [
      'an option required after one that is not',
      {
        ...{ name: 'ask', description: 'x' },
        options: [
          { type: 3, name: 'a', description: 'x' },
          { type: 3, name: 'b', description: 'x', required: true },
        ],
      },
    ],
  ])('refuse %s', async (_, command: Json) => {
    const { status, body } = await ask(discord, `PUT ${base}`, [command]);
    expect([status, body.code]).toEqual([400, 50035]);
    expect(discord.commands()).toEqual([]);
  });
});
