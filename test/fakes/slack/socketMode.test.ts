import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { connectBySocket, connectClient } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import { startFakeSlack } from './startFakeSlack.ts';

/** A plain WebSocket, which says only what a test says. */
async function openSocket(slack: FakeSlack) {
  const { url = '' } = await connectClient(slack, slack.appToken).apps.connections.open({});
  const socket = new WebSocket(url);
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  socket.addEventListener('message', (event) => {
    heard.push(String(event.data));
    for (const resolve of waiting.splice(0)) resolve();
  });
  return {
    socket,
    url,
    async hears(count: number) {
      while (heard.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return heard.map((text) => JSON.parse(text));
    },
    closed: new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code))),
  };
}

describe('Socket Mode of the fake Slack', () => {
  let slack: FakeSlack;
  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
  });
  afterEach(() => slack.stop());

  it('greets, sends envelopes and takes acknowledgements', async () => {
    const { socket, hears } = await openSocket(slack);
    expect(await hears(1)).toMatchObject([
      { type: 'hello', num_connections: 1, connection_info: { app_id: slack.appId } },
    ]);
    slack.user('U1').says('C1', 'Hello.');
    const [, envelope] = await hears(2);
    expect(envelope).toMatchObject({
      type: 'events_api',
      envelope_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { type: 'event_callback', event: { type: 'message', text: 'Hello.' } },
    });
    socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
    await slack.when(() => slack.sockets.acks.length === 1);
    expect(slack.events.sent[0]?.delivery?.attempts).toMatchObject([{ outcome: 'acked' }]);
    slack.clock.advance(600_000);
    expect(slack.events.sent[0]?.delivery?.attempts).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('carries large and many messages whole, in both directions', async () => {
    const { socket, hears } = await openSocket(slack);
    await hears(1);
    const long = 'ü'.repeat(40_000);
    slack.user('U1').says('C1', long);
    for (let i = 0; i < 50; i += 1) slack.user('U1').says('C1', `${i}`);
    const envelopes = (await hears(52)).slice(1);
    expect(envelopes[0].payload.event.text).toBe(long);
    expect(envelopes[50].payload.event.text).toBe('49');
    for (const { envelope_id } of envelopes) socket.send(JSON.stringify({ envelope_id, payload: { pad: long } }));
    await slack.when(() => slack.sockets.acks.length === 51);
    expect(slack.violations).toEqual([]);
  });

  it('notes what is no acknowledgement', async () => {
    const { socket, hears } = await openSocket(slack);
    await hears(1);
    slack.user('U1').says('C1', 'Hello.');
    const [, { envelope_id }] = await hears(2);
    for (const text of ['nonsense', '{"envelope_id":"unknown"}', 'null']) socket.send(text);
    for (let i = 0; i < 2; i += 1) socket.send(JSON.stringify({ envelope_id }));
    await slack.when(() => slack.violations.length === 4);
    expect(slack.violations).toEqual([
      expect.stringContaining('no JSON'),
      expect.stringContaining('no envelope'),
      expect.stringContaining('no envelope'),
      expect.stringContaining('acknowledged twice'),
    ]);
  });

  it('lets each address in once', async () => {
    const { url, hears } = await openSocket(slack);
    await hears(1);
    const again = new WebSocket(url);
    await new Promise((resolve) => again.addEventListener('error', resolve));
    expect(slack.sockets).toMatchObject({ count: 1, opened: 1 });
  });

  it('spreads envelopes over the connections of an app, ten at most', async () => {
    const sockets = [];
    for (let i = 0; i < 10; i += 1) {
      const opened = await openSocket(slack);
      await opened.hears(1);
      sockets.push(opened);
    }
    expect(slack.sockets.count).toBe(10);
    const eleventh = await openSocket(slack);
    expect(await eleventh.hears(1)).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
    for (let i = 0; i < 10; i += 1) slack.user('U1').says('C1', `${i}`);
    for (const { hears } of sockets) expect(await hears(2)).toHaveLength(2);
  });

  it('asks for a reconnection; the real client comes back', async () => {
    await slack.stop();
    // With real time, so that an envelope into a connection that the client gives up comes again.
    slack = await startFakeSlack();
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
    const app = await connectBySocket(slack, () => undefined, 50);
    for (const act of ['refresh', 'cut', 'goSilent'] as const) {
      const before = slack.sockets.opened;
      slack.sockets[act]();
      await slack.when(() => slack.sockets.opened > before && slack.sockets.count === 1);
    }
    slack.user('U1').says('C1', 'Back again?');
    await slack.when(() => slack.sockets.acks.length > 0);
    await app.stop();
  });

  it('may say what no client expects', async () => {
    const heard: string[] = [];
    const app = await connectBySocket(slack, (bolt) =>
      bolt.message(async ({ message }) => void heard.push(message.ts)),
    );
    slack.sockets.say('no JSON');
    slack.sockets.ping();
    const { ts } = slack.user('U1').says('C1', 'Still there?');
    await slack.when(() => slack.sockets.acks.length === 1);
    expect(heard).toEqual([ts]);
    await app.stop();
  });

  it('gives what came while nobody was there, or was not acknowledged, to the next connection', async () => {
    const first = await openSocket(slack);
    await first.hears(1);
    slack.user('U1').says('C1', 'Hello.');
    await first.hears(2);
    slack.sockets.cut();
    await slack.when(() => slack.sockets.count === 0);
    const second = await openSocket(slack);
    await second.hears(1);
    slack.clock.advance(3000);
    const [, envelope] = await second.hears(2);
    const eventId = slack.events.sent[0]?.eventId;
    expect(envelope).toMatchObject({ retry_attempt: 1, retry_reason: 'timeout', payload: { event_id: eventId } });
  });

  it('notices that a process was killed', async () => {
    const { url = '' } = await connectClient(slack, slack.appToken).apps.connections.open({});
    const { hostname, port, pathname, search } = new URL(url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const headers = `Host: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13`;
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${headers}\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
    const [first] = await once(socket, 'data');
    // The example of RFC 6455, section 1.3.
    expect(String(first)).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    await slack.when(() => slack.sockets.count === 1);
    socket.end();
    await slack.when(() => slack.sockets.count === 0);
  });

  it('closes properly', async () => {
    const { socket, hears, closed } = await openSocket(slack);
    await hears(1);
    socket.close(1000);
    expect(await closed).toBe(1000);
    const other = await openSocket(slack);
    await other.hears(1);
    await slack.stop();
    expect(await other.closed).toBe(1001);
  });
});
