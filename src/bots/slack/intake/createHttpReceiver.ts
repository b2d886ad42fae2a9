import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type App,
  HTTPModuleFunctions,
  HTTPResponseAck,
  type Logger,
  type Receiver,
  verifySlackRequest,
} from '@slack/bolt';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Log } from '../../../base/log.ts';

const EVENTS_PATH = '/slack/events';
/** Slack's largest payloads (40,000 characters with their blocks) stay far below. */
const MOST_BYTES = 1024 ** 2;
const REPLAY_WINDOW_MS = 300_000;
const ACK_WITHIN_MS = 3_000;

/** Slack by HTTP: a listener that takes signed requests at one path and serves nothing else. */
export interface HttpReceiver extends Receiver {
  /** Throws BackscrollError `usage` when the port cannot be had. @returns where it listens */
  start(): Promise<string>;
  stop(): Promise<void>;
}

/** @param deps.port 0 takes any free one */
export function createHttpReceiver(deps: {
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly log: Log;
  readonly now: () => number;
}): HttpReceiver {
  const { log, logger } = deps;
  let app: App | undefined;
  let server: Server | undefined;

  /** The body of a request that Slack signed, or the status to refuse it with. */
  async function verified(request: IncomingMessage) {
    if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return 413;
    try {
      const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, MOST_BYTES);
      const header = (name: string) => String(request.headers[name] ?? '');
      const timestampS = Number(header('x-slack-request-timestamp') || Number.NaN);
      // Bolt asks only whether it is too old; and NaN is older than nothing.
      if (!(Math.abs(timestampS * 1000 - deps.now()) <= REPLAY_WINDOW_MS)) return 401;
      verifySlackRequest({
        signingSecret: deps.signingSecret,
        body: buffered.rawBody.toString(),
        headers: { 'x-slack-signature': header('x-slack-signature'), 'x-slack-request-timestamp': timestampS },
        nowMilliseconds: deps.now(),
      });
      return buffered;
    } catch (error) {
      return (error as { type?: unknown }).type === 'entity.too.large' ? 413 : 401;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = (request.url ?? '').split('?')[0];
    if (path !== EVENTS_PATH) return end(response, 404);
    if (request.method !== 'POST') return end(response, 405);
    const found = await verified(request);
    if (typeof found === 'number') {
      log.warn({ status: found }, 'a request to the Slack listener was refused: it is not signed by Slack');
      return end(response, found);
    }
    let body: unknown;
    try {
      body = HTTPModuleFunctions.parseHTTPRequestBody(found);
    } catch {
      return end(response, 400);
    }
    if (typeof body !== 'object' || body === null) return end(response, 400);
    const fields = body as Record<string, unknown>;
    if (fields.type === 'url_verification') return HTTPModuleFunctions.buildUrlVerificationResponse(response, fields);
    if (fields.ssl_check === '1') return end(response, 200);
    const ack = new HTTPResponseAck({
      ...{ logger, processBeforeResponse: false, unhandledRequestTimeoutMillis: ACK_WITHIN_MS },
      unhandledRequestHandler: () => {
        log.warn('a request of Slack was not acknowledged in time; it comes again');
        if (!response.headersSent) end(response, 503);
      },
      ...{ httpRequest: found, httpRequestBody: fields, httpResponse: response },
    });
    const retryNum = HTTPModuleFunctions.extractRetryNumFromHTTPRequest(request);
    await app?.processEvent({ body: fields, ack: ack.bind(), ...(retryNum === undefined ? {} : { retryNum }) });
  }

  return {
    init(given) {
      app = given;
    },
    start() {
      const listening = createServer(
        { headersTimeout: 10_000, requestTimeout: 20_000, maxHeaderSize: 16_384, keepAliveTimeout: 10_000 },
        (request, response) => {
          answer(request, response).catch((error) => {
            log.error({ err: error }, 'a request of Slack could not be worked on');
            if (!response.headersSent) end(response, 500);
          });
        },
      );
      server = listening;
      return new Promise((resolve, reject) => {
        listening.once('error', (cause: NodeJS.ErrnoException) => {
          const why = `The listener for Slack cannot have ${deps.host}:${deps.port} (${cause.code}).`;
          reject(new BackscrollError('usage', `${why} Set slack.http.port to another port.`, { cause }));
        });
        listening.listen(deps.port, deps.host, () => {
          const { port } = listening.address() as AddressInfo;
          const host = deps.host.includes(':') ? `[${deps.host}]` : deps.host;
          resolve(`http://${host}:${port}${EVENTS_PATH}`);
        });
      });
    },
    async stop() {
      const open = server;
      if (!open?.listening) return;
      await new Promise<void>((resolve) => {
        open.close(() => resolve());
        open.closeIdleConnections();
        setTimeout(() => open.closeAllConnections(), 1_000).unref();
      });
    },
  };
}

function end(response: ServerResponse, status: number): void {
  // What was not read of a refused request must not be taken for the next one.
  if (status >= 400) response.setHeader('connection', 'close');
  response.writeHead(status).end();
}
