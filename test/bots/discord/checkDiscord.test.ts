import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDiscord } from '../../../src/bots/discord/checkDiscord.ts';
import type { FakeDiscord } from '../../fakes/discord/FakeDiscord.ts';
import { startFakeDiscord } from '../../fakes/discord/startFakeDiscord.ts';

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await startFakeDiscord();
});
afterEach(() => fake.stop());

const find = (more: Partial<Parameters<typeof checkDiscord>[0]> = {}) =>
  checkDiscord({
    ...{ token: fake.token, apiUrl: fake.apiUrl, wantsMessageContent: true, settings: { get: () => undefined } },
    ...more,
  });
const of = (findings: Awaited<ReturnType<typeof find>>, check: string) => findings.find((one) => one.check === check);

describe('doctor on Discord', () => {
  it('says how to begin where nothing is configured', async () => {
    expect(await find({ token: undefined })).toMatchObject([{ check: 'discord', ok: true }]);
  });

  it('names the bot, and how to invite it where it is in no server', async () => {
    const findings = await find();
    expect(of(findings, 'discord token')).toMatchObject({ ok: true, sentence: expect.stringContaining('backscroll') });
    expect(of(findings, 'discord servers')).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('oauth2/authorize'),
    });
  });

  it('says where the switch for the content of messages is', async () => {
    fake.addGuild('Acme');
    fake.setPrivileged([]);
    const content = of(await find(), 'discord message content');
    expect(content).toMatchObject({ ok: false, sentence: expect.stringContaining(`${fake.appId}/bot`) });
    expect(of(await find({ wantsMessageContent: false }), 'discord message content')?.ok).toBe(true);
  });

  it('says what to do about a bad token, and asks nothing more', async () => {
    fake.setToken('bad');
    expect(await find()).toMatchObject([
      { check: 'discord token', ok: false, sentence: expect.stringContaining('DISCORD_TOKEN') },
    ]);
    expect(fake.calls()).toHaveLength(1);
  });
});
