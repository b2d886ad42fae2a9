import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import type { FakeDiscord } from './FakeDiscord.ts';
import { ask } from './raw.ts';
import type { Json } from './State.ts';
import { startFakeDiscord } from './startFakeDiscord.ts';

describe('messages over REST', () => {
  let discord: FakeDiscord;
  let mara: string;
  let ops: string;
  const post = (body: Json) => ask(discord, `POST /channels/${ops}/messages`, body);

  beforeEach(async () => {
    discord = await startFakeDiscord({ limits: 'off', clock: createClock({ running: false }) });
    mara = discord.addUser('mara', { globalName: 'Mara Lind' });
    ops = discord.addChannel(discord.addGuild('Acme', { members: [mara] }), 'ops');
  });
  afterEach(() => discord.stop());

  it('refuses a token that is not the bot’s, and what is no route', async () => {
    expect(await ask(discord, 'GET /users/@me', undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    });
    expect((await ask(discord, 'GET /nothing/here')).status).toBe(404);
    expect(discord.violations).toEqual(['there is no GET /nothing/here']);
  });

  it('posts, shows, edits and deletes', async () => {
    const { body: posted } = await post({ content: 'Hello', embeds: [{ description: 'More' }] });
    expect(posted).toMatchObject({
      ...{ channel_id: ops, content: 'Hello', type: 0, edited_timestamp: null },
      ...{ author: { id: discord.botUserId, bot: true }, embeds: [{ type: 'rich', description: 'More' }] },
    });
    const path = `/channels/${ops}/messages/${posted.id}`;
    const { body: edited } = await ask(discord, `PATCH ${path}`, { content: 'Hello again' });
    expect(edited).toMatchObject({ id: posted.id, content: 'Hello again', edited_timestamp: expect.any(String) });
    expect((await ask(discord, `GET ${path}`)).body.content).toBe('Hello again');
    const gone = await ask(discord, `DELETE ${path}`);
    expect([gone.status, gone.body, gone.headers.get('content-type')]).toEqual([204, '', null]);
    expect((await ask(discord, `GET ${path}`)).body).toEqual({ message: 'Unknown Message', code: 10008 });
  });

  it.each([
    ['nothing at all', {}, { code: 50006 }],
    ['2,001 characters', { content: 'x'.repeat(2001) }, { code: 50035, errors: { content: expect.anything() } }],
    ['an embed too long', { embeds: [{ description: 'x'.repeat(4097) }] }, { code: 50035 }],
    ['embeds of 6,001', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) }, { code: 50035 }],
    ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }, { code: 50035 }],
    ['six rows', { content: 'x', components: Array.from({ length: 6 }, () => row('a')) }, { code: 50035 }],
    ['two of one custom id', { content: 'x', components: [row('a'), row('a')] }, { code: 50035 }],
    ['text beside v2', { content: 'x', flags: 32_768, components: [{ type: 10, content: 'y' }] }, { code: 50035 }],
    ['v2 without its flag', { components: [{ type: 10, content: 'y' }] }, { code: 50035 }],
    ['a reply to nothing', { content: 'x', message_reference: { message_id: '1' } }, { code: 50035 }],
  ])('refuses %s', async (_, body, expected) => {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining(expected)]);
    expect(discord.messages(ops)).toEqual([]);
  });

  it('takes 2,000 characters, and v2 components with their flag', async () => {
    expect((await post({ content: '😀'.repeat(2000) })).status).toBe(200);
    expect((await post({ flags: 32_768, components: [{ type: 10, content: 'y' }] })).status).toBe(200);
  });

  it('gives the first message again for the same enforced nonce, for some minutes', async () => {
    const once = { content: 'Once', nonce: 'question-1', enforce_nonce: true };
    const [first, second] = [await post(once), await post(once)];
    expect([second.body.id, second.body.nonce]).toEqual([first.body.id, 'question-1']);
    // It is told once, and not to who reads later.
    expect((await ask(discord, `GET /channels/${ops}/messages`)).body[0].nonce).toBeUndefined();
    expect((await post({ ...once, enforce_nonce: false })).body.id).not.toBe(first.body.id);
    discord.clock.advance(600_000);
    expect((await post(once)).body.id).not.toBe(first.body.id);
  });

  it('pages through a history in all three directions, newest first', async () => {
    const all = discord.fill(
      ops,
      Array.from({ length: 250 }, (_, i) => ({ userId: mara, text: `m${i}`, atMs: 1_700_000_000_000 + i * 1000 })),
    );
    const page = async (query: string) => {
      const { body } = await ask(discord, `GET /channels/${ops}/messages?${query}`);
      return body.map(({ content }: Json) => content);
    };
    expect(await page('limit=2')).toEqual(['m249', 'm248']);
    expect(await page(`limit=2&before=${all[100]?.id}`)).toEqual(['m99', 'm98']);
    expect(await page(`limit=2&after=${all[100]?.id}`)).toEqual(['m102', 'm101']);
    expect(await page(`limit=3&around=${all[100]?.id}`)).toEqual(['m101', 'm100', 'm99']);
    expect(await page('')).toHaveLength(50);
    expect((await ask(discord, `GET /channels/${ops}/messages?limit=101`)).body.code).toBe(50035);
    expect(await page('after=0&limit=1')).toEqual(['m0']);
  });

  it('points at what is answered, and says whom it notifies', async () => {
    const said = discord.user(mara).says(ops, 'Who?');
    const reply = { content: `<@${mara}> me`, message_reference: { message_id: said.id } };
    const { body } = await post(reply);
    expect(body).toMatchObject({
      ...{ type: 19, mentions: [{ id: mara, global_name: 'Mara Lind' }] },
      referenced_message: { id: said.id, content: 'Who?' },
    });
    const quiet = await post({ ...reply, allowed_mentions: { parse: [], replied_user: false } });
    expect(quiet.body.mentions).toEqual([]);
    discord.user(mara).deletes({ channelId: ops, id: said.id });
    const { body: later } = await ask(discord, `GET /channels/${ops}/messages/${body.id}`);
    expect(later.referenced_message).toBeNull();
  });

  it('takes files, and serves them', async () => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ content: 'See' }));
    form.set('files[0]', new Blob(['a,b'], { type: 'text/csv' }), 'table.csv');
    const response = await fetch(`${discord.apiUrl}/v10/channels/${ops}/messages`, {
      ...{ method: 'POST', body: form, headers: { authorization: `Bot ${discord.token}` } },
    });
    const { attachments } = (await response.json()) as Json;
    expect(attachments).toMatchObject([{ filename: 'table.csv', size: 3, content_type: 'text/csv' }]);
    expect(await (await fetch(attachments[0].url)).text()).toBe('a,b');
  });

  it('pins, and deletes many at once', async () => {
    const [a, b] = [discord.user(mara).says(ops, 'a'), discord.user(mara).says(ops, 'b')];
    expect((await ask(discord, `PUT /channels/${ops}/messages/pins/${a.id}`)).body.code).toBe(50013);
    discord.overwrite(ops, discord.botUserId, { allow: ['PinMessages', 'ManageMessages'] });
    expect((await ask(discord, `PUT /channels/${ops}/messages/pins/${a.id}`)).status).toBe(204);
    const { body } = await ask(discord, `GET /channels/${ops}/messages/pins`);
    expect(body).toMatchObject({ items: [{ message: { id: a.id, pinned: true } }], has_more: false });
    const swept = await ask(discord, `POST /channels/${ops}/messages/bulk-delete`, { messages: [a.id, b.id] });
    expect([swept.status, discord.messages(ops)]).toEqual([204, []]);
  });
});

function row(customId: string): Json {
  return { type: 1, components: [{ type: 2, style: 1, label: 'A', custom_id: customId }] };
}
