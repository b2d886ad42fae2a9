import type { Timing } from '../base/Timing.ts';

/** Brings what people see to what there is to be seen, at a pace, until it is ended. */
export interface Pump {
  /** What is to be seen by now, from its beginning. Returns at once. */
  want(text: string): void;
  /** Nothing more is shown. Resolves when what is under way is over. */
  end(): Promise<void>;
  /** Resolves when everything that was wanted and can be shown is shown. */
  idle(): Promise<void>;
}

/**
 * @param deps.show shows a text in place of what was shown before; false when there is no room for it at this moment.
 * `end` may be called from within it. Must not reject.
 * @param deps.shown what is to be seen already
 */
export function createPump(deps: {
  readonly show: (text: string) => Promise<boolean>;
  readonly shown?: string | undefined;
  readonly paceMs: number;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}): Pump {
  const ending = new AbortController();
  let wanted = deps.shown ?? '';
  let shown = deps.shown;
  let pumping: Promise<void> | undefined;

  async function pump() {
    while (wanted !== shown && !ending.signal.aborted && !deps.signal.aborted) {
      const text = wanted;
      if (await deps.show(text)) shown = text;
      await deps.timing.wait(deps.paceMs, ending.signal);
    }
  }

  return {
    want(text) {
      wanted = text;
      if (ending.signal.aborted) return;
      pumping ??= pump().finally(() => {
        pumping = undefined;
      });
    },
    async end() {
      ending.abort();
      await pumping;
    },
    async idle() {
      await pumping;
    },
  };
}
