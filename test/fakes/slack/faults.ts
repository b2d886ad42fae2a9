import type { Json } from './State.ts';

/** What goes wrong with a call. `accepted`: Slack did what was asked, only its answer goes wrong. */
export type Fault = { readonly accepted?: boolean } & (
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'hang' } // nothing is ever answered
  | { readonly kind: 'cut' } // the connection is destroyed
  | { readonly kind: 'garbage' } // 200 with something that is no JSON
  | { readonly kind: 'error'; readonly error: string; readonly more?: Json }
  | { readonly kind: 'ratelimited'; readonly retryAfterS: number }
);

export interface FaultOptions {
  /** Only calls of this method; of any without it. */
  readonly method?: string;
  /** How many calls (1). */
  readonly times?: number;
  /** How many calls go well before (0). */
  readonly after?: number;
}

export interface Faults {
  add(fault: Fault, options?: FaultOptions): void;
  take(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let planned: { readonly fault: Fault; readonly method: string | undefined; after: number; left: number }[] = [];
  return {
    add(fault, { method, times = 1, after = 0 } = {}) {
      planned.push({ fault, method, after, left: times });
    },
    take(method) {
      for (const entry of planned) {
        if (entry.left === 0 || (entry.method !== undefined && entry.method !== method)) continue;
        if (entry.after > 0) {
          entry.after -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
    clear() {
      planned = [];
    },
  };
}
