import { type Logger, webApi } from '@slack/bolt';
import type { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Timing } from '../../../base/Timing.ts';
import { type Budget, createBudget, type Priority, type Reservation } from './budget.ts';
import { isRevoked, readFailure } from './failure.ts';
import type { MethodName } from './methods.ts';

/** A hang is given up after so long: whoever waits is told, and what may have happened is looked up. */
const CALL_TIMEOUT_MS = 20_000;
const TRIES = 5;
const FIRST_RETRY_MS = 500;

export interface CallOptions<T> {
  /** What of the answer is used. */
  readonly answer: z.ZodType<T>;
  readonly priority: Priority;
  /** For what must not happen twice: after a failure that leaves it open, it is up to the caller to look. */
  readonly once?: boolean;
  /** One try, however it ends: for what is only nice to have. */
  readonly brief?: boolean;
  /** The call's place in the budget was taken before. */
  readonly taken?: boolean;
  /** Room that was kept for this call. */
  readonly reserved?: Reservation;
  readonly signal?: AbortSignal;
}

/** Slack's Web API as Backscroll calls it: one budget, one way to fail. */
export interface SlackApi {
  readonly budget: Budget;
  readonly timing: Timing;
  /**
   * Calls a method; waits for its turn and for as long as a 429 says, tries again what may be repeated.
   * Throws BackscrollError `refused` when Slack says no (`slackWord` tells why), `unavailable` when it does not answer
   * or leaves open what it did, `cancelled` when the signal is aborted.
   */
  call<T>(method: MethodName, args: Readonly<Record<string, unknown>>, options: CallOptions<T>): Promise<T>;
}

/**
 * @param deps.url where Slack's methods are, with the last slash; SLACK_API_URL
 * @param deps.onRevoked called once when Slack does not know the token any more
 */
export function createSlackApi(deps: {
  readonly token: string;
  readonly url: string | undefined;
  readonly timing: Timing;
  readonly logger: Logger;
  readonly onRevoked: (error: BackscrollError) => void;
  /** Another budget than Slack's own limits: a measurement does without. */
  readonly budget?: Budget;
}): SlackApi {
  const { timing } = deps;
  const budget = deps.budget ?? createBudget(timing);
  let revoked: BackscrollError | undefined;
  const client = new webApi.WebClient(deps.token, {
    ...(deps.url ? { slackApiUrl: deps.url } : {}),
    logger: deps.logger,
    // A post that is sent again might be there twice: what is repeated, and when, is decided here.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    allowAbsoluteUrls: false,
  });

  async function once<T>(method: MethodName, args: Readonly<Record<string, unknown>>, { answer }: CallOptions<T>) {
    const parsed = answer.safeParse(await client.apiCall(method, args));
    if (parsed.success) return parsed.data;
    throw new BackscrollError(
      'internal',
      `Slack's answer to ${method} is not what its documentation says (${parsed.error.issues[0]?.path.join('.')}).`,
    );
  }

  return {
    budget,
    timing,
    async call(method, args, options) {
      const channel = typeof args.channel === 'string' ? args.channel : undefined;
      const asked = { method, priority: options.priority, ...(channel ? { channel } : {}) };
      options.reserved?.release();
      for (let tries = 1, taken = options.taken; ; taken = false) {
        if (revoked) throw revoked;
        if (!taken) await budget.take({ ...asked, ...(options.signal ? { signal: options.signal } : {}) });
        if (options.signal?.aborted) throw new BackscrollError('cancelled', 'Backscroll is stopping.');
        try {
          return await once(method, args, options);
        } catch (error) {
          if (error instanceof BackscrollError) throw error;
          const failure = readFailure(method, error);
          if ('retryAfterMs' in failure) {
            budget.pause(asked, failure.retryAfterMs);
            if (options.brief) throw new BackscrollError('unavailable', `Slack is busy: ${method} has to wait.`);
            continue; // Nothing was done, so that even a post may be sent again.
          }
          if (isRevoked(failure)) {
            if (!revoked) deps.onRevoked(failure);
            revoked = failure;
          }
          if (failure.code !== 'unavailable' || options.once || options.brief || tries >= TRIES) throw failure;
          await timing.wait(FIRST_RETRY_MS * 2 ** (tries - 1), options.signal);
          tries++;
        }
      }
    },
  };
}
