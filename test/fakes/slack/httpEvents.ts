import type { Answer, Carrier, Parcel } from './delivery.ts';
import type { Json, State } from './State.ts';
import { sign } from './signatures.ts';

/** What goes wrong with a request on purpose, as an attacker or a proxy would have it. */
export interface Tampering {
  readonly secret?: string;
  readonly timestampS?: number;
  readonly signature?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpOut {
  readonly carrier: Carrier;
  /** Sends the challenge; true when the app answered with it. https://docs.slack.dev/reference/events/url_verification */
  verifyUrl(): Promise<boolean>;
  /** One signed request, tampered with as told; returns what the app answered. */
  request(body: Json, tampering?: Tampering): Promise<{ readonly status: number; readonly text: string }>;
  /** Where the app listens. Slack has a field for each of the three; they are the same here. */
  listenAt(url: string | undefined): void;
  readonly url: string | undefined;
  stop(): void;
}

export function createHttpOut(state: State): HttpOut {
  let url: string | undefined;
  const stopped = new AbortController();

  async function post(
    body: string,
    contentType: string,
    headers: Record<string, string>,
    signal: AbortSignal | null,
    tampering: Tampering = {},
  ): Promise<Response> {
    const timestampS = tampering.timestampS ?? Math.floor(state.clock.now() / 1000);
    const secret = tampering.secret ?? state.app.signingSecret;
    return fetch(url ?? '', {
      method: 'POST',
      body: tampering.body ?? body,
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestampS),
        'x-slack-signature': tampering.signature ?? sign(secret, timestampS, body),
        ...headers,
        ...tampering.headers,
      },
      signal: AbortSignal.any([stopped.signal, ...(signal ? [signal] : [])]),
      redirect: 'manual',
    });
  }

  return {
    carrier: {
      async carry(parcel, attempt, givenUp) {
        const retry =
          attempt.retryNum > 0
            ? { 'x-slack-retry-num': String(attempt.retryNum), 'x-slack-retry-reason': attempt.retryReason ?? '' }
            : {};
        try {
          const response = await post(encode(parcel), contentTypeOf(parcel), retry as Record<string, string>, givenUp);
          const text = await response.text();
          if (response.ok) return answerOf(text);
          return { failed: 'http_error', isFinal: response.headers.get('x-slack-no-retry') === '1' };
        } catch {
          return { failed: givenUp.aborted ? 'http_timeout' : 'connection_failed' };
        }
      },
    },
    async verifyUrl() {
      const challenge = state.nextId('Challenge');
      const body = { token: state.app.verificationToken, challenge, type: 'url_verification' };
      const response = await post(JSON.stringify(body), 'application/json', {}, null);
      const text = await response.text();
      return response.ok && (text === challenge || (parse(text) as Json)?.challenge === challenge);
    },
    async request(body, tampering) {
      const response = await post(JSON.stringify(body), 'application/json', {}, null, tampering);
      return { status: response.status, text: await response.text() };
    },
    listenAt(address) {
      url = address;
    },
    get url() {
      return url;
    },
    stop: () => stopped.abort(),
  };
}

function contentTypeOf(parcel: Parcel): string {
  return parcel.kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
}

function encode(parcel: Parcel): string {
  if (parcel.kind === 'event') return JSON.stringify(parcel.body);
  if (parcel.kind === 'command') return new URLSearchParams(parcel.body).toString();
  return new URLSearchParams({ payload: JSON.stringify(parcel.body) }).toString();
}

function answerOf(text: string): Answer {
  if (text === '') return { isAcked: true };
  return { isAcked: true, payload: parse(text) ?? text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
