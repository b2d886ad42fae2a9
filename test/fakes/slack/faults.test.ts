import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connectClient, errorOf } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import type { Json } from './State.ts';
import { startFakeSlack } from './startFakeSlack.ts';

describe('what goes wrong with calls to the fake Slack', () => {
  let slack: FakeSlack;
  let client: webApi.WebClient;
  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    client = connectClient(slack);
  });
  afterEach(() => slack.stop());
  const post = () => client.chat.postMessage({ channel: 'C1', text: 'hi' });

  it('fails the next call, of one method or of any, once or so many times, then no more', async () => {
    slack.fail({ kind: 'error', error: 'fatal_error' }, { method: 'chat.postMessage', times: 2, after: 1 });
    await client.auth.test();
    await post();
    expect(await errorOf(post())).toBe('fatal_error');
    expect(await errorOf(post())).toBe('fatal_error');
    await post();
    slack.fail({ kind: 'status', status: 503 });
    await expect(client.auth.test()).rejects.toMatchObject({ statusCode: 503 });
    slack.fail({ kind: 'status', status: 503 }, { times: 9 });
    slack.mend();
    await client.auth.test();
    expect(slack.messages('C1')).toHaveLength(2);
  });

  it('says when to come again', async () => {
    slack.fail({ kind: 'ratelimited', retryAfterS: 30 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 30 });
    expect(slack.messages('C1')).toEqual([]);
  });

  it('answers with something else', async () => {
    slack.fail({ kind: 'garbage' });
    expect(await errorOf(post())).toContain('<html>');
  });

  it('does what it was asked and loses the answer', async () => {
    slack.fail({ kind: 'cut', accepted: true });
    await expect(post()).rejects.toMatchObject({ code: webApi.ErrorCode.RequestError });
    slack.fail({ kind: 'status', status: 500, accepted: true });
    await expect(post()).rejects.toMatchObject({ statusCode: 500 });
    expect(slack.messages('C1')).toHaveLength(2);
    expect(slack.calls('chat.postMessage')).toMatchObject([{ isAccepted: true }, { isAccepted: true, status: 500 }]);
  });

  it('loses the request itself', async () => {
    slack.fail({ kind: 'cut' });
    await expect(post()).rejects.toMatchObject({ code: webApi.ErrorCode.RequestError });
    expect(slack.messages('C1')).toEqual([]);
    expect(slack.calls('chat.postMessage')).toMatchObject([{ isAccepted: false }]);
  });

  it('never answers, having done it or not', async () => {
    slack.fail({ kind: 'hang', accepted: true });
    const hanging = post().catch((error: unknown) => error);
    await slack.when(() => slack.messages('C1').length === 1);
    slack.fail({ kind: 'hang' });
    const other = post().catch((error: unknown) => error);
    await slack.when(() => slack.calls('chat.postMessage').length === 2);
    expect(slack.messages('C1')).toHaveLength(1);
    await slack.stop();
    expect(await hanging).toMatchObject({ code: webApi.ErrorCode.RequestError });
    expect(await other).toMatchObject({ code: webApi.ErrorCode.RequestError });
  });

  it('makes a retrying client post twice', async () => {
    const stubborn = new webApi.WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 1, minTimeout: 0, maxTimeout: 0 },
      logger: {
        debug() {},
        info() {},
        warn() {},
        error() {},
        setLevel() {},
        getLevel: () => webApi.LogLevel.ERROR,
        setName() {},
      },
    });
    slack.fail({ kind: 'status', status: 500, accepted: true });
    await stubborn.chat.postMessage({ channel: 'C1', text: 'hi' });
    expect(slack.messages('C1')).toHaveLength(2);
  });

  it('tells whoever waits for something that it will not be', async () => {
    await expect(
      Promise.race([
        slack.when(() => {
          if (slack.calls().length > 0) throw new Error('not this');
          return false;
        }),
        post().then(() => new Promise(() => undefined)),
      ]),
    ).rejects.toThrow('not this');
  });
});

describe('requests that no client of Slack sends', () => {
  let slack: FakeSlack;
  beforeEach(async () => {
    slack = await startFakeSlack();
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
  });
  afterEach(() => slack.stop());
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${slack.apiUrl}${path}`, init);
    const { headers, status } = response;
    const body: Json = await response.json().catch(() => undefined);
    return { status, headers, body };
  };
  const bearer = (more: Record<string, string> = {}) => ({ authorization: `Bearer ${slack.botToken}`, ...more });

  it('reads JSON bodies, forms, multipart forms and queries alike', async () => {
    const body = { channel: 'C1', text: 'x', blocks: [{ type: 'divider' }], unfurl_links: false };
    const flat = { channel: 'C1', text: 'x', blocks: JSON.stringify(body.blocks), unfurl_links: 'false' };
    const json = bearer({ 'content-type': 'application/json; charset=utf-8' });
    expect(
      (await send('chat.postMessage', { method: 'POST', headers: json, body: JSON.stringify(body) })).body.ok,
    ).toBe(true);
    const form = new URLSearchParams({ ...flat, token: slack.botToken });
    expect((await send('chat.postMessage', { method: 'POST', body: form })).body.ok).toBe(true);
    const multipart = new FormData();
    for (const [key, value] of Object.entries(flat)) multipart.append(key, value);
    expect((await send('chat.postMessage', { method: 'POST', headers: bearer(), body: multipart })).body.ok).toBe(true);
    expect((await send('users.info?user=U1', { headers: bearer() })).body).toMatchObject({ user: { id: 'U1' } });
    expect(slack.messages('C1').map((one) => one.blocks)).toMatchObject([
      [{ type: 'divider' }],
      [{ type: 'divider' }],
      [{ type: 'divider' }],
    ]);
    expect(slack.violations).toEqual([]);
  });

  it('takes no token from a JSON body', async () => {
    const headers = { 'content-type': 'application/json' };
    const { body } = await send('auth.test', {
      method: 'POST',
      headers,
      body: JSON.stringify({ token: slack.botToken }),
    });
    expect(body).toEqual({ ok: false, error: 'not_authed' });
  });

  it('refuses what it cannot read, and methods that there are not', async () => {
    const json = bearer({ 'content-type': 'application/json' });
    expect((await send('auth.test', { method: 'POST', headers: json, body: '{' })).body.error).toBe('invalid_json');
    const plain = bearer({ 'content-type': 'text/plain' });
    expect((await send('auth.test', { method: 'POST', headers: plain, body: 'x' })).body.error).toBe(
      'invalid_post_type',
    );
    expect((await send('chat.shout', { method: 'POST', headers: bearer() })).body).toEqual({
      ok: false,
      error: 'unknown_method',
      req_method: 'chat.shout',
    });
    expect((await send('../elsewhere')).status).toBe(404);
    expect(slack.violations).toHaveLength(4);
  });

  it('tells the scopes that a token has and a method takes', async () => {
    slack.setScopes(['chat:write', 'users:read']);
    const { headers } = await send('users.info?user=U1', { headers: bearer() });
    expect(headers.get('x-oauth-scopes')).toBe('chat:write,users:read');
    expect(headers.get('x-accepted-oauth-scopes')).toBe('users:read');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('answers no address for answers that it did not give out', async () => {
    const url = slack.apiUrl.replace('/api/', '/response/T0FAKE001/1');
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('stops twice', async () => {
    await slack.stop();
    await slack.stop();
  });
});
