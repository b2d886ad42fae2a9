import OpenAI from 'openai';
import { BackscrollError, type ErrorCode } from '../../../base/BackscrollError.ts';

/** Whom we asked, to be named in the sentence. */
export interface Asked {
  readonly host: string;
  readonly model: string;
  /** The environment variable that names the model: OPENAI_MODEL, EMBEDDING_MODEL. */
  readonly setting: string;
}

/** Why a request came to nothing, and whether asking again may help. */
export interface Failure {
  readonly error: BackscrollError;
  readonly retry: boolean;
  /** How long the server asks us to wait. */
  readonly retryAfterMs?: number;
  readonly status?: number;
  /** The request's parameter that the server objects to. */
  readonly param?: string;
  readonly code?: string;
}

/**
 * Turns whatever the SDK threw into a sentence for the operator. Servers repeat keys and questions in their messages, so
 * only the status and words that look like identifiers are passed on, and the thrown error is not kept as the cause.
 */
export function toFailure(thrown: unknown, asked: Asked): Failure {
  if (thrown instanceof BackscrollError) return { error: thrown, retry: thrown.code === 'unavailable' };
  if (thrown instanceof OpenAI.APIConnectionError || !(thrown instanceof OpenAI.APIError)) {
    return { error: new BackscrollError('unavailable', describeConnection(thrown, asked)), retry: true };
  }
  // An error within a stream has no status of its own; some servers give one as the code.
  const rawCode: unknown = thrown.code;
  const status = thrown.status ?? (typeof rawCode === 'number' ? rawCode : undefined);
  const code = asIdentifier(rawCode);
  const param = asIdentifier(thrown.param);
  const { kind, retry, advice } = judge(status, code, asked);
  const details = [status, code, param].filter((part) => part !== undefined).join(', ');
  const retryAfterMs = readRetryAfter(thrown.headers);
  return {
    error: new BackscrollError(kind, `The server at ${asked.host} ${advice}${details ? ` (${details})` : ''}.`),
    retry,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  };
}

interface Judgement {
  readonly kind: ErrorCode;
  readonly retry: boolean;
  readonly advice: string;
}

function judge(status: number | undefined, code: string | undefined, { model, setting }: Asked): Judgement {
  const refused = (advice: string): Judgement => ({ kind: 'refused', retry: false, advice });
  const unavailable = (advice: string): Judgement => ({ kind: 'unavailable', retry: true, advice });
  if (status === 401) return refused('does not accept the key: check OPENAI_API_KEY');
  if (status === 403) return refused(`does not let this key use ${model}: check its permissions`);
  if (status === 404) return refused(`does not know the model ${model}: check ${setting} and OPENAI_BASE_URL`);
  // OpenAI says 429 for an empty purse too, which no waiting fills.
  if (status === 402 || code === 'insufficient_quota')
    return refused('has no quota left for this key: see its billing');
  if (status === 429) return unavailable('gets too many requests: lower the rate, or wait');
  if (code === 'context_length_exceeded') return refused(`was asked for more than ${model} can hold`);
  if (status === 408 || status === 409 || (status !== undefined && status >= 500)) {
    return unavailable(`failed over a request to ${model}: see its own log, or try again`);
  }
  if (status === undefined) return unavailable(`reported an error in the middle of an answer of ${model}`);
  return refused(`refused a request to ${model}: check its documentation for what it takes`);
}

function describeConnection(thrown: unknown, { host, model }: Asked): string {
  if (!(thrown instanceof OpenAI.APIConnectionError) && !isNetworkError(thrown)) {
    return `The server at ${host} answered for ${model} with something that is not the OpenAI API: check OPENAI_BASE_URL (does it end in /v1?).`;
  }
  const code = networkCode(thrown);
  return `The connection to the server at ${host} failed${code ? ` (${code})` : ''}: is it running, and is OPENAI_BASE_URL right?`;
}

/** What undici throws when a body breaks off: a TypeError "terminated" whose cause has a code. */
function isNetworkError(thrown: unknown): boolean {
  return networkCode(thrown) !== undefined;
}

function networkCode(thrown: unknown): string | undefined {
  for (let at: unknown = thrown, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string' && /^[A-Z][A-Z_0-9]{2,40}$/.test(code)) return code;
  }
  return undefined;
}

function asIdentifier(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_.]{1,50}$/.test(value) ? value : undefined;
}

/** RFC 9110, 10.2.3: seconds or a date; and OpenAI's own `retry-after-ms`. */
function readRetryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (ms >= 0) return ms;
  const text = headers?.get('retry-after');
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number.parseFloat(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
