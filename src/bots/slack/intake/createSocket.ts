import { type Logger, SocketModeReceiver } from '@slack/bolt';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Log } from '../../../base/log.ts';
import type { Timing } from '../../../base/Timing.ts';
import { isRevoked, readFailure, slackWord } from '../../../platforms/slack/api/failure.ts';

const HELLO_WITHIN_MS = 30_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Slack sends what was not acknowledged again after a minute and after five: a longer gap may have lost something. */
const SAFE_GAP_MS = 240_000;
const FATAL = new Set(['not_allowed_token_type', 'missing_scope', 'user_removed_from_team', 'team_disabled']);

/** Slack by Socket Mode: one connection that is kept, whatever happens to it. */
export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Connects, and goes on connecting until `close`. Resolves when it is connected for the first time. */
  connect(): Promise<void>;
  isConnected(): boolean;
  /** Resolves when the connection is closed. */
  close(): Promise<void>;
}

export function createSocket(deps: {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly timing: Timing;
  readonly logger: Logger;
  readonly log: Log;
  /** Events may have been missed. */
  readonly onGap: () => void;
}): Socket {
  const { timing, log } = deps;
  const closing = new AbortController();
  const receiver = new SocketModeReceiver({
    appToken: deps.appToken,
    logger: deps.logger,
    clientPingTimeout: 5_000,
    serverPingTimeout: 30_000,
    // We connect again ourselves: the client waits 5 s even when Slack only asks it to move, and a refusal while it
    // does would end the process as an unhandled rejection.
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...(deps.apiUrl ? { slackApiUrl: deps.apiUrl } : {}),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 15_000,
      },
    },
  });
  const { client } = receiver;
  guardMessages(client, log);
  let connected = false;
  let running: Promise<void> | undefined;
  let lostMs: number | undefined;

  async function once(onConnected: () => void): Promise<void> {
    const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    const silence = new AbortController();
    const silent = timing.wait(HELLO_WITHIN_MS, silence.signal).then(() => {
      if (!silence.signal.aborted)
        throw new BackscrollError('unavailable', 'Slack opened a connection and said nothing.');
    });
    try {
      await Promise.race([client.start(), silent]);
    } finally {
      silence.abort();
      silent.catch(() => {});
    }
    if (closing.signal.aborted) return;
    connected = true;
    if (lostMs !== undefined && timing.now() - lostMs > SAFE_GAP_MS) deps.onGap();
    onConnected();
    await ended;
    connected = false;
    lostMs = timing.now();
  }

  async function run(onConnected: () => void): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!closing.signal.aborted) {
      try {
        await once(() => {
          waitMs = FIRST_WAIT_MS;
          log.info('connected to Slack');
          onConnected();
        });
      } catch (error) {
        if (closing.signal.aborted) return;
        const failure = readFailure('apps.connections.open', error);
        if (!('retryAfterMs' in failure) && (isRevoked(failure) || FATAL.has(slackWord(failure) ?? ''))) {
          throw new BackscrollError(
            'refused',
            `Slack refuses the app's token (${slackWord(failure)}). Make one with the scope connections:write under Basic Information, App-Level Tokens, set SLACK_APP_TOKEN to it and restart.`,
            { cause: failure.cause },
          );
        }
        await client.disconnect().catch(() => {});
        const pauseMs = 'retryAfterMs' in failure ? failure.retryAfterMs : waitMs;
        log.warn({ waitMs: pauseMs }, 'Slack cannot be reached; it is tried again');
        await timing.wait(pauseMs, closing.signal);
        waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      }
    }
  }

  return {
    receiver,
    connect() {
      return new Promise((resolve, reject) => {
        running = run(resolve).then(resolve, (error) => {
          log.error({ err: error }, 'no events come from Slack');
          reject(error);
        });
      });
    },
    isConnected: () => connected,
    async close() {
      closing.abort();
      if (running) await client.disconnect().catch(() => {});
      await running;
    },
  };
}

/** The client reads messages in a promise that nobody waits for: one that it cannot read would end the process. */
function guardMessages(client: SocketModeReceiver['client'], log: Log): void {
  const reading = client as unknown as { onWebSocketMessage(data: unknown, isBinary: boolean): Promise<void> };
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    reading.onWebSocketMessage(data, isBinary).catch(() => log.debug('a message of Slack could not be read'));
  });
}
