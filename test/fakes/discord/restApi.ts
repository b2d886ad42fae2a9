import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, tooMany } from './Answer.ts';
import { commitFault } from './commitFault.ts';
import type { Faults } from './faults.ts';
import type { Hub } from './Hub.ts';
import type { RateLimiter } from './limits.ts';
import { Refused, refusal } from './Refused.ts';
import { createRouter, type Match, type Route } from './Route.ts';
import { readRequest } from './readRequest.ts';
import type { Json } from './State.ts';

/** One request, as it arrived and as it was answered. */
export interface Call {
  /** `POST /channels/:channel/messages` */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly atMs: number;
  /** True once Discord has done what was asked, whatever became of the answer. */
  isAccepted: boolean;
  /** What went over the wire; undefined while, or when, nothing did. */
  status?: number;
  answeredMs?: number;
  response?: Json;
}

export interface RestApi {
  readonly calls: readonly Call[];
  handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface RestApiParts {
  readonly hub: Hub;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly routes: readonly Route[];
}

/** Answers `/api/v10/…` as Discord does. */
export function createRestApi({ hub, faults, limiter, routes }: RestApiParts): RestApi {
  const { state } = hub;
  const calls: Call[] = [];
  const find = createRouter(routes);

  function decide(match: Match | undefined, call: Call, request: IncomingMessage, read: Read): Answer {
    let headers: Readonly<Record<string, string>> = {};
    try {
      if (limiter.isBanned()) return { status: 429, headers: { 'retry-after': '3600', 'content-type': 'text/html' } };
      if (!match) {
        state.violations.push(`there is no ${call.method} ${call.path}`);
        throw refusal(0);
      }
      const isOwn = match.route.auth === 'none';
      if (!isOwn) authenticate(request.headers.authorization);
      const { channel, guild, webhook = '', token = '' } = match.params;
      const taken = limiter.take(call.route, channel ?? guild ?? `${webhook} ${token}`, isOwn);
      headers = taken.headers;
      if (taken.refused) return tooMany(taken.refused, headers);
      if (read.isBroken) throw refusal(50109);
      const { params } = match;
      const query = new URLSearchParams(call.query);
      const body = match.route.run({ ...hub, params, query, body: read.body ?? {}, files: read.files });
      call.isAccepted = true;
      return { status: body === undefined ? 204 : (match.route.status ?? 200), body, headers };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.body?.code === 50035 || error.body?.code === 50109) {
        state.violations.push(`${call.route}: ${JSON.stringify(error.body)}`);
      }
      return { status: error.status, body: error.body, headers };
    }
  }

  function authenticate(given: string | undefined): void {
    if (!state.isTokenGood || given !== `Bot ${state.token}`) {
      throw new Refused(401, { message: '401: Unauthorized', code: 0 });
    }
  }

  return {
    calls,
    async handle(path, request, response) {
      const url = new URL(path, 'http://fake');
      const method = request.method ?? 'GET';
      const match = find(method, url.pathname);
      const read = await readRequest(state, request);
      const call: Call = {
        ...{ method, path: url.pathname, atMs: state.clock.now(), isAccepted: false },
        route: match?.route.route ?? `${method} ${url.pathname}`,
        params: match?.params ?? {},
        query: Object.fromEntries(url.searchParams),
        body: read.body,
      };
      calls.push(call);
      state.changed();
      const fault = faults.take(call.route);
      if (fault?.kind === 'delay' && !fault.accepted) await new Promise<void>((go) => state.clock.after(fault.ms, go));
      const isDone = !fault || fault.accepted || fault.kind === 'delay';
      const answer = isDone ? decide(match, call, request, read) : undefined;
      if (fault?.kind === 'delay' && fault.accepted) await new Promise<void>((go) => state.clock.after(fault.ms, go));
      const sent = fault && fault.kind !== 'delay' ? commitFault(fault, answer) : answer;
      if (sent === 'cut') response.destroy();
      else if (sent !== 'hang' && sent) send(response, call, sent);
      state.changed();
    },
  };

  function send(response: ServerResponse, call: Call, answer: Answer): void {
    const { status, body, headers } = answer;
    if (status === 401 || status === 403 || (status === 429 && headers['x-ratelimit-scope'] !== 'shared')) {
      limiter.countInvalid();
    }
    call.status = status;
    call.response = body;
    call.answeredMs = state.clock.now();
    const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, { ...type, ...headers });
    response.end(body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body));
  }
}

type Read = Awaited<ReturnType<typeof readRequest>>;
