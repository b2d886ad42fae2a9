import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { FakeSlack } from './FakeSlack.ts';

/** The vendor's own client and app, told where this Slack is: the judges of whether it speaks the wire. */

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** A client that does not retry, so that a test sees each answer. */
export function connectClient(slack: FakeSlack, token: string | undefined = slack.botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

export interface Connected {
  readonly app: App;
  stop(): Promise<void>;
}

/**
 * An app in Socket Mode; resolves when it has been greeted.
 * @param patienceMs without a pong for so long it reconnects, and waits as long before it does: short ones make an app
 * that drops its connection whenever the machine is busy
 */
export async function connectBySocket(
  slack: FakeSlack,
  prepare: (app: App) => void,
  patienceMs = 30_000,
): Promise<Connected> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    installerOptions: { clientOptions },
    clientPingTimeout: patienceMs,
    logger: silent,
  });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logger: silent });
  prepare(app);
  await app.start();
  return {
    app,
    async stop() {
      await receiver.client.disconnect();
    },
  };
}

/** An app that listens for HTTP; this Slack is told where. */
export async function connectByHttp(slack: FakeSlack, prepare: (app: App) => void): Promise<Connected> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, port: 0, logger: silent });
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  prepare(app);
  const server = (await app.start(0)) as import('node:http').Server;
  const { port } = server.address() as import('node:net').AddressInfo;
  slack.http.listenAt(`http://127.0.0.1:${port}/slack/events`);
  return {
    app,
    async stop() {
      server.closeAllConnections();
      await app.stop();
    },
  };
}

/** The error that Slack answered with. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  return (await refusalOf(call)).error;
}

/** The whole of an answer that says no. */
export async function refusalOf(call: Promise<unknown>): Promise<{ readonly error: string } & Record<string, unknown>> {
  try {
    await call;
  } catch (thrown) {
    const { data } = thrown as { data?: { error: string } };
    if (data) return data;
    throw thrown;
  }
  throw new Error('It was not refused.');
}
