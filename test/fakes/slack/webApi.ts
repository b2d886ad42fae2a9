import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Events } from './events.ts';
import type { Fault, Faults } from './faults.ts';
import type { RateLimiter } from './limits.ts';
import type { Method } from './Method.ts';
import { Refused, refusedFor } from './Refused.ts';
import { readCall } from './readCall.ts';
import type { FakeToken, Json, State } from './State.ts';

/** One call of a method, as it arrived and as it was answered. */
export interface Call {
  readonly method: string;
  /** What was said, structures read. */
  readonly args: Json;
  readonly token: string | undefined;
  readonly contentType: string;
  readonly atMs: number;
  /** True once Slack has done what was asked, whatever became of the answer. */
  isAccepted: boolean;
  /** What went over the wire; undefined while, or when, nothing did. */
  status?: number;
  response?: Json;
}

export interface WebApi {
  readonly calls: readonly Call[];
  handle(name: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface WebApiParts {
  readonly state: State;
  readonly events: Events;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly methods: Readonly<Record<string, Method>>;
}

/** Answers `/api/METHOD` as Slack does. */
export function createWebApi({ state, events, faults, limiter, methods }: WebApiParts): WebApi {
  const calls: Call[] = [];

  function authenticate(given: string | undefined, method: Method): FakeToken {
    if (!given) throw new Refused('not_authed');
    const token = state.tokens.get(given);
    if (!token) throw new Refused('invalid_auth');
    if (token.state === 'revoked') throw new Refused('token_revoked');
    if (token.state === 'expired') throw new Refused('token_expired');
    if (token.state === 'inactive') throw new Refused('account_inactive');
    if (token.kind !== method.token) throw new Refused('not_allowed_token_type');
    return token;
  }

  function authorize(token: FakeToken, method: Method): void {
    if (method.scopes.length === 0 || method.scopes.some((scope) => token.scopes.includes(scope))) return;
    throw new Refused('missing_scope', { needed: method.scopes.join(','), provided: token.scopes.join(',') });
  }

  function parse(name: string, method: Method, args: Json): Json {
    const { team_id: _, ...own } = args;
    const strange = Object.keys(own).filter((key) => !(key in method.args.shape));
    if (strange.length > 0) state.violations.push(`${name} takes no ${strange.join(', ')}`);
    const parsed = z.safeParse(method.args, own);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map((issue) => {
      const at = issue.path.join('/');
      return own[issue.path[0] as string] === undefined
        ? `missing required field: ${at}`
        : `invalid value [json-pointer:/${at}]`;
    });
    throw refusedFor('invalid_arguments', problems);
  }

  function run(name: string, method: Method, args: Json, token: FakeToken): Json {
    try {
      return { ok: true, ...method.run(parse(name, method, args), { state, events, token }) };
    } catch (error) {
      if (error instanceof Refused && isMistake.test(error.error)) state.violations.push(`${name}: ${describe(error)}`);
      throw error;
    }
  }

  return {
    calls,
    async handle(name, request, response) {
      const read = await readCall(request);
      const { args, contentType, token: given } = read;
      const call: Call = {
        method: name,
        args: structured(args),
        token: given,
        contentType,
        atMs: state.clock.now(),
        isAccepted: false,
      };
      calls.push(call);
      const fault = faults.take(name);
      const answer = fault && !fault.accepted ? undefined : decide();
      if (fault) commit(fault, answer?.body);
      else if (answer) send(answer.status, answer.body, answer.headers);
      state.changed();

      function decide(): { status: number; body: Json; headers: Record<string, string> } {
        const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
        const headers: Record<string, string> = {};
        try {
          if (!method) {
            state.violations.push(`there is no method ${name}`);
            throw new Refused('unknown_method', { req_method: name });
          }
          if (read.error) {
            state.violations.push(`${name}: ${read.error}`);
            throw new Refused(read.error);
          }
          const token = authenticate(given, method);
          headers['x-oauth-scopes'] = token.scopes.join(',');
          headers['x-accepted-oauth-scopes'] = method.scopes.join(',');
          const retryAfterS = limiter.take(name, method.tier, args.channel);
          if (retryAfterS !== undefined) {
            return {
              status: 429,
              body: { ok: false, error: 'ratelimited' },
              headers: { ...headers, 'retry-after': String(retryAfterS) },
            };
          }
          authorize(token, method);
          const body = run(name, method, args, token);
          call.isAccepted = true;
          return { status: 200, body, headers };
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          return { status: 200, body: { ok: false, error: error.error, ...error.more }, headers };
        }
      }

      function commit(what: Fault, body: Json): void {
        if (what.kind === 'hang') return;
        if (what.kind === 'cut') return void response.destroy();
        if (what.kind === 'garbage') return void response.end('<html>It works!</html>');
        if (what.kind === 'status') {
          response.writeHead(what.status);
          call.status = what.status;
          return void response.end(what.body ?? JSON.stringify(body ?? 'upstream connect error'));
        }
        if (what.kind === 'error') send(200, { ok: false, error: what.error, ...what.more }, {});
        else send(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(what.retryAfterS) });
      }

      function send(status: number, body: Json, headers: Record<string, string>): void {
        call.status = status;
        call.response = body;
        response.writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          'x-slack-req-id': state.nextId('req'),
          ...headers,
        });
        response.end(JSON.stringify(body));
      }
    },
  };
}

const structures = ['attachments', 'blocks', 'chunks', 'loading_messages', 'metadata', 'prompts', 'view'];

/** Forms carry structures as JSON; tests would rather see them. */
function structured(args: Json): Json {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      if (!structures.includes(key) || typeof value !== 'string') return [key, value];
      try {
        return [key, JSON.parse(value)];
      } catch {
        return [key, value];
      }
    }),
  );
}

/** Refusals that only a mistake in the app brings about. */
const isMistake =
  /^(invalid_(arguments|blocks|blocks_format|attachments|metadata_\w+|chunks|view\w*|types|name|cursor|limit|post_type|json)|msg_\w*too_\w+|markdown_text_conflict|no_text|no_item_specified|bad_timestamp|missing_recipient_\w+|too_many_\w+|metadata_too_large)$/;

function describe({ error, more }: Refused): string {
  return [error, ...(more.errors ?? [])].join('; ');
}
