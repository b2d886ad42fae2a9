import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { bitsOf } from './intents.ts';
import { ask, identified, type RawGateway } from './raw.ts';
import type { Interaction, Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

const question = { type: 3, name: 'question', description: 'What', required: true };
const source = { type: 3, name: 'source', description: 'Where', autocomplete: true };
const commands = [
  { name: 'ask', description: 'Asks', options: [question, source] },
  { name: 'backscroll', description: 'More', options: [{ type: 1, name: 'status', description: 'How it is' }] },
  { name: 'Ask about this', type: 3 },
];

describe('interactions', () => {
  let discord: FakeDiscord;
  let gateway: RawGateway;
  let mara: string;
  let acme: string;
  let ops: string;

  beforeEach(async () => {
    discord = await startFakeDiscord({ clock: createClock({ running: false }), limits: 'off' });
    mara = discord.addUser('mara');
    acme = discord.addGuild('Acme', { members: [mara] });
    ops = discord.addChannel(acme, 'ops');
    gateway = await identified(discord, bitsOf(['Guilds', 'GuildMessages']));
    await ask(discord, `PUT /applications/${discord.appId}/commands`, commands);
  });
  afterEach(() => discord.stop());

  const answer = (it: Interaction, body: Json, query = '') =>
    ask(discord, `POST /interactions/${it.id}/${it.token}/callback${query}`, body, '');
  const hook = (it: Interaction, method: string, rest = '', body?: Json) =>
    ask(discord, `${method} /webhooks/${discord.appId}/${it.token}${rest}`, body, '');
  const original = '/messages/%40original';
  const run = () => discord.user(mara).runs('ask', { question: 'Why?' }, ops);
  const button = (label: string, id: string) => ({
    type: 1,
    components: [{ type: 2, style: 1, label, custom_id: id }],
  });

  it('reach the app with all that it needs to know', async () => {
    const asked = run();
    expect(await gateway.event('INTERACTION_CREATE')).toMatchObject({
      ...{ id: asked.id, token: asked.token, application_id: discord.appId, type: 2, guild_id: acme, channel_id: ops },
      data: { name: 'ask', type: 1, options: [{ type: 3, name: 'question', value: 'Why?' }] },
      member: { user: { id: mara, username: 'mara' }, permissions: expect.any(String) },
      ...{ channel: { id: ops, type: 0 }, context: 0, entitlements: [] },
    });
    discord.user(mara).runs('backscroll status');
    const inDm = await gateway.hears(({ d }) => d?.context === 1);
    expect(inDm.d).toMatchObject({ user: { id: mara }, data: { options: [{ type: 1, name: 'status', options: [] }] } });
    expect(inDm.d.member).toBeUndefined();
  });

  it('are deferred, filled in, and added to', async () => {
    const asked = run();
    const deferred = await answer(asked, { type: 5 }, '?with_response=true');
    expect(deferred.body.interaction).toMatchObject({
      response_message_loading: true,
      response_message_ephemeral: false,
    });
    expect(asked.reply()).toMatchObject({ content: '', flags: 128, type: 20 });
    const { body: filled } = await hook(asked, 'PATCH', original, { content: 'Because.' });
    expect(filled).toMatchObject({ id: asked.reply()?.id, content: 'Because.', flags: 0, webhook_id: discord.appId });
    const { body: more } = await hook(asked, 'POST', '', { content: 'And.' });
    expect(more.message_reference.message_id).toBe(filled.id);
    expect((await hook(asked, 'GET', `/messages/${more.id}`)).body.content).toBe('And.');
    expect(discord.messages(ops).map(({ content }) => content)).toEqual(['Because.', 'And.']);
    await hook(asked, 'DELETE', original);
    expect((await hook(asked, 'PATCH', original, { content: 'x' })).body.code).toBe(10008);
  });

  it('let the first follow-up take the place of "thinking …"', async () => {
    const asked = run();
    await answer(asked, { type: 5 });
    await hook(asked, 'POST', '', { content: 'Because.' });
    expect([asked.reply()?.content, asked.followUps()]).toEqual(['Because.', []]);
  });

  it('fail after three seconds without an answer', async () => {
    const asked = run();
    discord.clock.advance(3001);
    expect(await asked.answered).toMatchObject({ state: 'failed' });
    expect((await answer(asked, { type: 4, data: { content: 'Late' } })).body.code).toBe(10062);
    expect((await hook(asked, 'POST', '', { content: 'Late' })).body.code).toBe(10015);
  });

  it('are answered once, and their token lives for fifteen minutes', async () => {
    const asked = run();
    expect((await hook(asked, 'POST', '', { content: 'Early' })).body.code).toBe(10015);
    expect((await answer(asked, { type: 4, data: { content: 'x' } })).status).toBe(204);
    expect((await answer(asked, { type: 4, data: { content: 'y' } })).body.code).toBe(40060);
    discord.clock.advance(15 * 60_000 - 10);
    expect((await hook(asked, 'PATCH', original, { content: 'z' })).status).toBe(200);
    discord.clock.advance(1000);
    const late = await hook(asked, 'PATCH', original, { content: 'late' });
    expect([late.status, late.body.code]).toEqual([401, 50027]);
  });

  it('are ephemeral when the defer says so, whatever comes later', async () => {
    const asked = run();
    await answer(asked, { type: 5, data: { flags: 64 } });
    await hook(asked, 'PATCH', original, { content: 'Psst', components: [button('Good', 'vote:up')], flags: 0 });
    await hook(asked, 'POST', '', { content: 'Aloud' });
    expect(discord.ephemerals(mara).map(({ content }) => content)).toEqual(['Psst']);
    expect(discord.messages(ops).map(({ content }) => content)).toEqual(['Aloud']);
    expect((await ask(discord, `GET /channels/${ops}/messages/${asked.reply()?.id}`)).body.code).toBe(10008);
    const vote = discord.user(mara).presses(asked.reply() ?? never(), 'Good');
    await answer(vote, { type: 7, data: { content: 'Thanks' } });
    expect(discord.ephemerals(mara)[0]?.content).toBe('Thanks');
  });

  it('come from buttons and open modals', async () => {
    const { body } = await ask(discord, `POST /channels/${ops}/messages`, {
      ...{ content: 'Answer', components: [button('Wrong', 'vote:down:1')] },
    });
    const press = discord.user(mara).presses({ channelId: ops, id: body.id }, 'vote:*');
    const input = { type: 4, custom_id: 'better', label: 'What instead?', style: 2 };
    const modal = { custom_id: 'fix:1', title: 'Correct it', components: [{ type: 1, components: [input] }] };
    expect((await answer(press, { type: 9, data: { ...modal, title: 'x'.repeat(46) } })).body.code).toBe(50035);
    await answer(press, { type: 9, data: modal });
    expect(press.modal()).toMatchObject({ title: 'Correct it' });
    expect(() => discord.user(mara).submits(press)).toThrow('must be filled in');
    const submitted = discord.user(mara).submits(press, { better: 'This' });
    const told = await gateway.hears(({ d }) => d?.id === submitted.id);
    expect(told.d).toMatchObject({
      ...{ type: 5, message: { id: body.id } },
      data: { custom_id: 'fix:1', components: [{ components: [{ custom_id: 'better', value: 'This' }] }] },
    });
    expect((await answer(submitted, { type: 9, data: modal })).body.code).toBe(50035);
    await answer(submitted, { type: 6 });
    expect(submitted.state).toBe('answered');
  });

  it('complete what is being typed', async () => {
    const typing = discord.user(mara).completes('ask', 'source', 'op', ops);
    const { d } = await gateway.hears((said) => said.d?.id === typing.id);
    expect([d.type, d.data.options]).toEqual([4, [{ type: 3, name: 'source', value: 'op', focused: true }]]);
    const choices = Array.from({ length: 26 }, (_, i) => ({ name: `c${i}`, value: `${i}` }));
    expect((await answer(typing, { type: 8, data: { choices } })).body.code).toBe(50035);
    await answer(typing, { type: 8, data: { choices: choices.slice(1) } });
    expect(typing.choices()).toHaveLength(25);
  });

  it('show the message whose menu was used, without the content intent', async () => {
    const said = discord.user(mara).says(ops, 'Hidden from the bot');
    const used = discord.user(mara).usesMenu('Ask about this', said);
    const { d } = await gateway.hears((heard) => heard.d?.id === used.id);
    expect(d.data).toMatchObject({ type: 3, target_id: said.id });
    expect(d.data.resolved.messages[said.id].content).toBe('Hidden from the bot');
    await answer(used, { type: 5 });
    expect(used.reply()?.type).toBe(23);
  });

  it('end in a clear no when the channel is gone', async () => {
    const [early, late] = [run(), run()];
    await answer(late, { type: 5 });
    discord.deleteChannel(ops);
    expect((await answer(early, { type: 5 })).body.code).toBe(10003);
    expect((await hook(late, 'PATCH', original, { content: 'x' })).body.code).toBe(10008);
  });

  it('refuse what a person could not do', () => {
    const person = discord.user(mara);
    expect(() => person.runs('nothing', {}, ops)).toThrow('No command');
    expect(() => person.runs('ask', {}, ops)).toThrow('question is required');
    expect(() => person.runs('ask', { question: 'x', odd: 1 }, ops)).toThrow('no option odd');
    expect(() => person.runs('backscroll', {}, ops)).toThrow('needs a subcommand');
  });
});

function never(): never {
  throw new Error('There is no reply.');
}
