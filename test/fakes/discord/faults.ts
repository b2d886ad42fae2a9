/** What goes wrong with a request. `accepted`: Discord did what was asked, only its answer goes wrong. */
export type Fault = { readonly accepted?: boolean } & (
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  | { readonly kind: 'hang' } // nothing is ever answered
  | { readonly kind: 'cut' } // the connection is destroyed
  | { readonly kind: 'garbage' } // 200 with something that is no JSON
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly message?: string }
  | {
      readonly kind: 'ratelimited';
      readonly retryAfterS: number;
      readonly scope?: 'user' | 'shared' | 'global';
    }
  | { readonly kind: 'delay'; readonly ms: number } // by the fake's clock; then it goes well
);

export interface FaultOptions {
  /** Only requests of this route: `POST /channels/:channel/messages`; of any without it. */
  readonly route?: string;
  /** How many requests (1). */
  readonly times?: number;
  /** How many requests go well before (0). */
  readonly after?: number;
}

export interface Faults {
  add(fault: Fault, options?: FaultOptions): void;
  take(route: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let planned: { readonly fault: Fault; readonly route: string | undefined; after: number; left: number }[] = [];
  return {
    add(fault, { route, times = 1, after = 0 } = {}) {
      planned.push({ fault, route, after, left: times });
    },
    take(route) {
      for (const entry of planned) {
        if (entry.left === 0 || (entry.route !== undefined && entry.route !== route)) continue;
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
