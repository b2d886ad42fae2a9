import type { FakeClock } from '../clock/createClock.ts';
import type { Json } from './State.ts';

export interface Parcel {
  readonly kind: 'event' | 'interactive' | 'command';
  readonly body: Json;
}

export interface Answer {
  /** The app took it in time. */
  readonly isAcked: boolean;
  /** What it said along with that: `{response_action: 'errors', …}`, the text for a slash command … */
  readonly payload?: Json;
}

export interface Attempt {
  readonly retryNum: number;
  readonly retryReason: string | undefined;
  readonly atMs: number;
  outcome: 'waiting' | 'acked' | 'failed';
  /** When it was answered, or given up. */
  endedAtMs?: number;
}

export interface Delivery {
  readonly attempts: readonly Attempt[];
  /** Resolves with the first acknowledgement, or when Slack has given up. */
  readonly answered: Promise<Answer>;
}

/** How a parcel gets to the app: one attempt, by a socket or by HTTP. */
export interface Carrier {
  /**
   * Resolves with the answer, or with the reason why there was none. Slack waits no longer than 3 s, by its own clock:
   * `givenUp` is called then.
   */
  carry(
    parcel: Parcel,
    attempt: Attempt,
    givenUp: AbortSignal,
  ): Promise<Answer | { readonly failed: string; readonly isFinal?: boolean }>;
}

/** What emits parcels: tries again as Slack does until the app has acknowledged. */
export interface Outlet {
  deliver(parcel: Parcel, options?: { readonly retryNum?: number }): Delivery;
}

const ackWithinMs = 3000;
/** An event comes again at once, after a minute and after five: https://docs.slack.dev/apis/events-api/#retries */
const retryAfterMs = [0, 60_000, 300_000];

export function createOutlet(clock: FakeClock, carrier: () => Carrier, changed: () => void): Outlet {
  return {
    deliver(parcel, options = {}) {
      const attempts: Attempt[] = [];
      const { promise, resolve } = Promise.withResolvers<Answer>();

      function attempt(retryNum: number, retryReason: string | undefined): void {
        const current: Attempt = { retryNum, retryReason, atMs: clock.now(), outcome: 'waiting' };
        attempts.push(current);
        const patience = new AbortController();
        const stopWaiting = clock.after(ackWithinMs, () => {
          patience.abort();
          fail('http_timeout', false);
        });
        carrier()
          .carry(parcel, current, patience.signal)
          .then((answer) => {
            if (current.outcome !== 'waiting') return;
            if ('failed' in answer) return fail(answer.failed, answer.isFinal ?? false);
            stopWaiting();
            current.outcome = 'acked';
            current.endedAtMs = clock.now();
            resolve(answer);
            changed();
          });

        function fail(reason: string, isFinal: boolean): void {
          if (current.outcome !== 'waiting') return;
          stopWaiting();
          current.outcome = 'failed';
          current.endedAtMs = clock.now();
          const waitMs = retryAfterMs[retryNum];
          if (parcel.kind !== 'event' || isFinal || waitMs === undefined) resolve({ isAcked: false });
          else if (waitMs === 0) attempt(retryNum + 1, reason);
          else clock.after(waitMs, () => attempt(retryNum + 1, reason));
          changed();
        }
      }

      attempt(options.retryNum ?? 0, options.retryNum ? 'http_timeout' : undefined);
      return { attempts, answered: promise };
    },
  };
}
