import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Timing } from '../../base/Timing.ts';

export interface Deadlines {
  /** Aborted with the sentence that says which bound was reached, or with the caller's own reason. */
  readonly signal: AbortSignal;
  /** Something came: the time of silence begins anew. */
  heard(): void;
  /** Nothing is waited for any more. */
  end(): void;
}

/** Ends what takes longer than `totalMs`, or says nothing for `idleMs`. */
export function startDeadlines(options: {
  readonly timing: Timing;
  readonly totalMs: number;
  readonly idleMs: number;
  readonly signal: AbortSignal;
}): Deadlines {
  const { timing, totalMs, idleMs } = options;
  const over = new AbortController();
  const ended = new AbortController();
  let heardMs = timing.now();

  async function watchTotal(): Promise<void> {
    await timing.wait(totalMs, ended.signal);
    if (!ended.signal.aborted) over.abort(slow(`it took longer than ${totalMs / 1000} seconds`));
  }
  async function watchSilence(): Promise<void> {
    let leftMs = idleMs;
    while (leftMs > 0 && !ended.signal.aborted) {
      await timing.wait(leftMs, ended.signal);
      leftMs = heardMs + idleMs - timing.now();
    }
    if (!ended.signal.aborted) over.abort(slow(`nothing came for ${idleMs / 1000} seconds`));
  }
  void watchTotal();
  void watchSilence();
  return {
    signal: AbortSignal.any([over.signal, options.signal]),
    heard: () => {
      heardMs = timing.now();
    },
    end: () => ended.abort(),
  };
}

function slow(what: string): BackscrollError {
  return new BackscrollError('unavailable', `Given up: ${what}.`);
}
