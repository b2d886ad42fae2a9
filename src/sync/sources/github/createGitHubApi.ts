import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Timing } from '../../../base/Timing.ts';
import { USER_AGENT } from '../../web/userAgent.ts';

export type Answer<T> = { readonly data: T; readonly etag?: string } | { readonly unchanged: true };

/**
 * What we ask of GitHub. Owes: answers are parsed; limits are kept to, and waited for when that is short. Rejects with
 * BackscrollError `not-found` (also for what the token may not see), `refused`, `unavailable`.
 */
export interface GitHubApi {
  /** @param route as GitHub's documentation writes it, `GET /repos/{owner}/{repo}`; with `etag` it may be unchanged */
  get<T>(
    route: `GET ${string}`,
    parameters: Readonly<Record<string, unknown>>,
    options: { readonly schema: z.ZodType<T>; readonly etag?: string; readonly signal: AbortSignal },
  ): Promise<Answer<T>>;
  graphql<T>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    options: { readonly schema: z.ZodType<T>; readonly signal: AbortSignal },
  ): Promise<T>;
  readonly hasToken: boolean;
}

/** Longer limits end a run, which goes on with the next one. */
const PATIENCE_MS = 60_000;
const TRIES = 3;
const VERSION = '2022-11-28';

const failureSchema = z.object({
  status: z.number(),
  response: z
    .object({ headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])).default({}) })
    .optional(),
});
type Failure = z.output<typeof failureSchema>;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export function createGitHubApi(deps: {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server, `https://host/api/v3`. */
  readonly apiUrl: string;
  readonly token?: string;
  readonly fetch: typeof fetch;
  readonly timing: Timing;
}): GitHubApi {
  const { timing, token } = deps;
  const octokit = new Octokit({
    ...{ baseUrl: deps.apiUrl.replace(/\/+$/, ''), userAgent: USER_AGENT, log: quiet },
    ...(token ? { auth: token } : {}),
    request: { fetch: deps.fetch },
  });

  /** Runs a request, once more when GitHub asks for a short wait. */
  async function kept<T>(signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      signal.throwIfAborted();
      try {
        return await send();
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureSchema.safeParse(error).data;
        const waitMs = failure && limitMs(failure, timing.now());
        if (waitMs === undefined) throw inOurWords(error, failure);
        if (waitMs > PATIENCE_MS || tries >= TRIES) throw usedUp(timing.now() + waitMs);
        await timing.wait(waitMs, signal);
      }
    }
  }

  function usedUp(untilMs: number): BackscrollError {
    const time = new Date(untilMs).toISOString().slice(11, 16);
    const hint = token ? '' : ' Set GITHUB_TOKEN for a larger one.';
    return new BackscrollError(
      'unavailable',
      `GitHub's limit of requests is used up until ${time} UTC; what is left is read after that.${hint}`,
    );
  }

  function inOurWords(error: unknown, failure: Failure | undefined): unknown {
    if (error instanceof BackscrollError || failure?.status === 304) return error;
    const status = failure?.status;
    if (status === 401) {
      return new BackscrollError('refused', 'GitHub does not accept GITHUB_TOKEN. Make a new one, or unset it.');
    }
    if (status === 404 || status === 410) return new BackscrollError('not-found', `GitHub has it not (${status}).`);
    if (status !== undefined && status < 500) {
      return new BackscrollError('refused', `GitHub says no (${status}). Check what GITHUB_TOKEN may read.`);
    }
    return new BackscrollError('unavailable', `GitHub does not answer${status ? ` (${status})` : ''}.`, {
      cause: error,
    });
  }

  return {
    hasToken: token !== undefined,
    async get(route, parameters, { schema, etag, signal }) {
      const headers = { 'x-github-api-version': VERSION, ...(etag ? { 'if-none-match': etag } : {}) };
      try {
        const response = await kept(signal, () =>
          octokit.request(route, { ...parameters, headers, request: { signal } }),
        );
        const given = z.string().max(512).optional().catch(undefined).parse(response.headers.etag);
        return { data: parsed(schema, response.data), ...(given ? { etag: given } : {}) };
      } catch (error) {
        if (failureSchema.safeParse(error).data?.status === 304) return { unchanged: true };
        throw error;
      }
    },
    async graphql(query, variables, { schema, signal }) {
      if (!token) {
        throw new BackscrollError('refused', 'Discussions are only shown to those who sign in. Set GITHUB_TOKEN.');
      }
      return parsed(schema, await kept(signal, () => octokit.graphql(query, { ...variables, request: { signal } })));
    },
  };
}

function parsed<T>(schema: z.ZodType<T>, data: unknown): T {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join('.') ?? '';
  throw new BackscrollError('unavailable', `GitHub answers something that is not understood (${where}).`);
}

/** How long GitHub asks to wait; undefined when it is not about limits. */
function limitMs({ status, response }: Failure, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const headers = response?.headers ?? {};
  const seconds = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(seconds)) return seconds * 1000;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    return Math.max(0, Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - now) + 1_000;
  }
  return status === 429 ? PATIENCE_MS : undefined;
}
