import { BackscrollError } from '../../base/BackscrollError.ts';

/** Where what was used is kept. A day is `2026-11-05`, in UTC. */
export interface TokenLedger {
  /** Tokens used on that day; 0 when nothing is known of it. */
  load(day: string): Promise<number>;
  /** Replaces what is known of that day. */
  save(day: string, tokens: number): Promise<void>;
}

export interface TokenBudget {
  /**
   * Sets tokens aside before a request is made. Throws BackscrollError `refused` when today's are used up.
   * Requests under way count with what they set aside, so that many at once cannot overdraw together.
   */
  reserve(tokens: number): Promise<Reservation>;
  leftToday(): Promise<number>;
}

export interface Reservation {
  /** Books what was really used, on the day of the reservation. Later calls do nothing. */
  settle(usedTokens: number): Promise<void>;
}

export interface TokenBudgetOptions extends TokenLedger {
  readonly tokensPerDay: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Guards a number of tokens a day (UTC). One process owns the ledger; within it, bookings are made one after another. */
export function createTokenBudget({ tokensPerDay, now, load, save }: TokenBudgetOptions): TokenBudget {
  const reserved = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  const today = () => new Date(now()).toISOString().slice(0, 10);

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function leftOn(day: string): Promise<number> {
    return Math.max(0, tokensPerDay - (await load(day)) - (reserved.get(day) ?? 0));
  }

  function setAside(day: string, tokens: number): void {
    const sum = (reserved.get(day) ?? 0) + tokens;
    if (sum > 0) reserved.set(day, sum);
    else reserved.delete(day);
  }

  return {
    leftToday: () => inTurn(() => leftOn(today())),
    reserve: (tokens) =>
      inTurn(async () => {
        const day = today();
        if ((await leftOn(day)) < tokens) {
          throw new BackscrollError(
            'refused',
            `Today's ${tokensPerDay} tokens for the model are used up; new ones come at 00:00 UTC. Raise the daily budget if that is too few.`,
          );
        }
        setAside(day, tokens);
        let settled = false;
        return {
          async settle(usedTokens) {
            if (settled) return;
            settled = true;
            await inTurn(async () => {
              setAside(day, -tokens);
              await save(day, (await load(day)) + usedTokens);
            });
          },
        };
      }),
  };
}
