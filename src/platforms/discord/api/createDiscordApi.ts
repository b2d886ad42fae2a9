import type { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Timing } from '../../../base/Timing.ts';
import { type Budget, createBudget, type Priority } from './budget.ts';
import { createDiscordRest } from './createDiscordRest.ts';
import { createInvalidCount } from './createInvalidCount.ts';
import { readFailure, statusOf } from './failure.ts';
import type { Method } from './routeOf.ts';

const TRIES = 4;
const FIRST_RETRY_MS = 500;

export interface CallOptions<T> {
  /** What of the answer is used. */
  readonly answer: z.ZodType<T>;
  readonly priority: Priority;
  readonly body?: Readonly<Record<string, unknown>> | readonly unknown[];
  readonly query?: Readonly<Record<string, string>>;
  /** For what must not happen twice: after a failure that leaves it open, it is up to the caller to look. */
  readonly once?: boolean;
  /** One try, however it ends: for what is only nice to have. */
  readonly brief?: boolean;
  /** The call's place in the budget was taken before. */
  readonly taken?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Given up after so long, in real time; a hang else after 15 s. */
  readonly withinMs?: number;
}

/** Discord's REST API as Backscroll calls it: one budget, one way to fail. */
export interface DiscordApi {
  readonly budget: Budget;
  readonly timing: Timing;
  /**
   * Makes a request; waits for its turn and for as long as a 429 says, tries again what may be repeated.
   * @param path `/channels/1/messages`, without version and query
   * Throws BackscrollError `refused` when Discord says no (`discordWord` tells why), `unavailable` when it does not
   * answer or leaves open what it did, `cancelled` when the signal is aborted.
   */
  call<T>(method: Method, path: string, options: CallOptions<T>): Promise<T>;
  /** 401s, 403s and 429s of the last ten minutes. */
  invalidRequests(): number;
}

/**
 * @param deps.url DISCORD_API_URL
 * @param deps.onRevoked called once when Discord does not know the token any more
 */
export function createDiscordApi(deps: {
  readonly token: string;
  readonly url: string | undefined;
  readonly timing: Timing;
  readonly onRevoked: (error: BackscrollError) => void;
}): DiscordApi {
  const { timing } = deps;
  const budget = createBudget(timing);
  const invalid = createInvalidCount(timing.now);
  const rest = createDiscordRest({ ...deps, budget, invalid });
  let revoked: BackscrollError | undefined;

  async function once<T>(
    method: Method,
    path: string,
    { answer, body, query, signal, withinMs }: CallOptions<T>,
  ): Promise<T> {
    const limits = [...(signal ? [signal] : []), ...(withinMs === undefined ? [] : [AbortSignal.timeout(withinMs)])];
    const raw = await rest.request({
      ...{ method: method as never, fullRoute: path as `/${string}` },
      ...(body ? { body } : {}),
      ...(query ? { query: new URLSearchParams(query) } : {}),
      // What belongs to an interaction carries its own token; a 401 there says nothing of ours.
      auth: !isInteraction(path),
      ...(limits.length > 0 ? { signal: AbortSignal.any(limits) } : {}),
    });
    const parsed = answer.safeParse(raw instanceof ArrayBuffer ? {} : raw);
    if (parsed.success) return parsed.data;
    throw new BackscrollError(
      'unavailable',
      `Discord's answer to ${method} ${withoutToken(path)} is not what its documentation says (${parsed.error.issues[0]?.path.join('.')}).`,
    );
  }

  async function quiet(isAnswer: boolean, signal: AbortSignal | undefined) {
    for (let ms = invalid.waitMs(isAnswer); ms > 0 && !signal?.aborted; ms = invalid.waitMs(isAnswer)) {
      if (!isAnswer) throw new BackscrollError('unavailable', 'Discord refused too much lately: this is left out.');
      await timing.wait(Math.min(ms, 10_000), signal);
    }
  }

  return {
    budget,
    timing,
    invalidRequests: invalid.count,
    async call(method, path, options) {
      const { signal, priority } = options;
      const asked = { method, path, priority, signal };
      for (let tries = 1, taken = options.taken; ; taken = false) {
        if (revoked && !isInteraction(path)) throw revoked;
        await quiet(priority === 'answer', signal);
        if (!taken) await budget.take(asked);
        if (signal?.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
        try {
          return await once(method, path, options);
        } catch (error) {
          if (signal?.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.', { cause: error });
          const failure = error instanceof BackscrollError ? error : readFailure(method, withoutToken(path), error);
          if ('retryAfterMs' in failure) {
            budget.pause(asked, failure.retryAfterMs, failure.isGlobal);
            if (options.brief) throw new BackscrollError('unavailable', `Discord is busy: ${method} has to wait.`);
            continue; // Nothing was done, so that even a post may be sent again.
          }
          if (statusOf(failure) === 401 && !isInteraction(path)) {
            if (!revoked) deps.onRevoked(failure);
            revoked = failure;
          }
          if (failure.code !== 'unavailable' || options.once || options.brief || tries >= TRIES) throw failure;
          await timing.wait(FIRST_RETRY_MS * 2 ** (tries - 1), signal);
          tries++;
        }
      }
    },
  };
}

const isInteraction = (path: string) => path.startsWith('/interactions/') || path.startsWith('/webhooks/');

/** An interaction's token lets anybody answer in our name: it stands in no log. */
function withoutToken(path: string): string {
  return isInteraction(path) ? path.replace(/^(\/[a-z]+\/\d+\/)[^/]+/, '$1…') : path;
}
