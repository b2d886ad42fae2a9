import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifySlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../clock/createClock.ts';
import { type Connected, connectByHttp } from './connect.ts';
import type { FakeSlack } from './FakeSlack.ts';
import { startFakeSlack } from './startFakeSlack.ts';

describe('events and interactions of the fake Slack over HTTP', () => {
  let slack: FakeSlack;
  beforeEach(async () => {
    slack = await startFakeSlack({ clock: createClock({ running: false }) });
    slack.addUser('U1');
    slack.addChannel('C1', ['U1']);
  });
  afterEach(() => slack.stop());

  describe('to a real Bolt app', () => {
    let app: Connected;
    let heard: unknown[];
    beforeEach(async () => {
      heard = [];
      app = await connectByHttp(slack, (bolt) => {
        bolt.message(async ({ message, context }) => void heard.push([message.ts, context.retryNum]));
        bolt.command('/ask', async ({ ack, command }) => {
          heard.push(command.text);
          await ack(`You asked ${command.text}`);
        });
        bolt.shortcut('save', async ({ ack, shortcut }) => {
          heard.push(shortcut.type);
          await ack();
        });
      });
    });
    afterEach(() => app.stop());

    it('are signed so that Bolt believes them', async () => {
      const { ts } = slack.user('U1').says('C1', 'Hello.');
      await slack.events.sent[0]?.delivery?.answered;
      expect(heard).toEqual([[ts, undefined]]);
      expect(slack.events.sent[0]?.delivery?.attempts).toMatchObject([
        { outcome: 'acked', endedAtMs: slack.clock.now() },
      ]);
    });

    it('begin with a challenge', async () => {
      expect(await slack.http.verifyUrl()).toBe(true);
    });

    it('are refused with a wrong signature, a stale time or a changed body', async () => {
      const body = {
        type: 'event_callback',
        event_id: 'Ev1',
        event: { type: 'message', channel: 'C1', ts: '1.000001' },
      };
      expect(await slack.http.request(body)).toMatchObject({ status: 200 });
      expect(heard).toHaveLength(1);
      const staleS = Math.floor(Date.now() / 1000) - 301;
      for (const tampering of [
        { secret: 'wrong' },
        { signature: 'v0=00' },
        { timestampS: staleS },
        { body: '{"event":{}}' },
      ]) {
        expect((await slack.http.request(body, tampering)).status).toBeGreaterThanOrEqual(400);
      }
      expect(heard).toHaveLength(1);
    });

    it('carry commands and shortcuts as forms; what a command is answered is shown to the one who ran it', async () => {
      const said = slack.user('U1').says('C1', 'Good answer.');
      expect(await slack.user('U1').runs('/ask', 'why?', 'C1')).toEqual({ isAcked: true, payload: 'You asked why?' });
      expect(await slack.user('U1').usesShortcut('save', said)).toEqual({ isAcked: true });
      expect(heard).toEqual([[said.ts, undefined], 'why?', 'message_action']);
      expect(slack.ephemerals('U1')).toMatchObject([{ text: 'You asked why?', channelId: 'C1' }]);
    });
  });

  describe('to a listener of our own', () => {
    let server: Server;
    let respond: (request: Received, response: ServerResponse) => void;
    let requests: Received[];
    interface Received {
      readonly headers: IncomingMessage['headers'];
      readonly body: string;
    }
    beforeEach(async () => {
      requests = [];
      respond = (_, response) => void response.end();
      server = createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const received = { headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
          requests.push(received);
          respond(received, response);
        });
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      slack.http.listenAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });
    const attempts = () => slack.events.sent[0]?.delivery?.attempts ?? [];

    it('carry the signature that the documentation describes', async () => {
      slack.user('U1').says('C1', 'Grüße');
      await slack.events.sent[0]?.delivery?.answered;
      const { headers, body } = requests[0] ?? { headers: {}, body: '' };
      const timestamp = headers['x-slack-request-timestamp'];
      const ours = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
      expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-slack-signature': `v0=${ours}` });
      expect(headers).not.toHaveProperty('x-slack-retry-num');
      verifySlackRequest({
        signingSecret: slack.signingSecret,
        body,
        headers: { 'x-slack-signature': `v0=${ours}`, 'x-slack-request-timestamp': Number(timestamp) },
      });
    });

    it('come again after an error, and say why', async () => {
      respond = (_, response) => {
        response.statusCode = requests.length === 1 ? 500 : 200;
        response.end();
      };
      slack.user('U1').says('C1', 'Hello.');
      expect(await slack.events.sent[0]?.delivery?.answered).toEqual({ isAcked: true });
      expect(requests).toHaveLength(2);
      expect(requests[1]?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
      expect(requests[1]?.body).toBe(requests[0]?.body);
    });

    it('come again when there was no answer in 3 seconds', async () => {
      respond = () => undefined;
      slack.user('U1').says('C1', 'Hello.');
      await settled(() => requests.length === 1);
      slack.clock.advance(2999);
      expect(attempts()).toHaveLength(1);
      slack.clock.advance(1);
      await settled(() => requests.length === 2);
      expect(requests[1]?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
      slack.clock.advance(3000);
      slack.clock.advance(60_000);
      await settled(() => requests.length === 3);
      slack.clock.advance(3000 + 300_000);
      await settled(() => requests.length === 4);
      slack.clock.advance(3_600_000);
      expect(attempts()).toHaveLength(4);
      expect(await slack.events.sent[0]?.delivery?.answered).toEqual({ isAcked: false });
    });

    it('do not come again to whoever asks for that', async () => {
      respond = (_, response) => {
        response.writeHead(500, { 'x-slack-no-retry': '1' });
        response.end();
      };
      slack.user('U1').says('C1', 'Hello.');
      expect(await slack.events.sent[0]?.delivery?.answered).toEqual({ isAcked: false });
      expect(requests).toHaveLength(1);
    });

    it('know when nobody listens', async () => {
      slack.http.listenAt('http://127.0.0.1:1/');
      slack.user('U1').says('C1', 'Hello.');
      await settled(() => attempts().length === 2);
      expect(attempts()[1]?.retryReason).toBe('connection_failed');
    });

    it('tell a person whose click was not answered', async () => {
      respond = (_, response) => {
        response.statusCode = 500;
        response.end();
      };
      expect(await slack.user('U1').runs('/ask', 'why?')).toEqual({ isAcked: false });
      expect(requests).toHaveLength(1);
    });

    it('go on by socket when there is no address any more', async () => {
      slack.http.listenAt(undefined);
      slack.user('U1').says('C1', 'Hello.');
      expect(requests).toEqual([]);
      expect(slack.http.url).toBeUndefined();
    });

    /** Waits for what happens on the wire, which this Slack cannot see. */
    async function settled(holds: () => boolean): Promise<void> {
      while (!holds()) {
        slack.clock.advance(0);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  });
});
