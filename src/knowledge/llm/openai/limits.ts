import { BackscrollError } from '../../../base/BackscrollError.ts';

export interface LimitTimes {
  /** From the call to the first sign of life of the model. */
  readonly firstTokenTimeoutMs: number;
  /** From one sign of life to the next. */
  readonly idleTimeoutMs: number;
  /** From the call to the end. */
  readonly timeoutMs: number;
}

export interface Limits {
  /** Aborted when the caller cancels or a limit is passed. */
  readonly signal: AbortSignal;
  /** Why `signal` was aborted. */
  error(): BackscrollError | undefined;
  /** The model lives: from now on the idle limit counts. */
  alive(): void;
  /** The model has said that it is done: what may still come (a count of tokens) is waited for but shortly. */
  finished(): void;
  /** Stops the idle clock while the consumer, not the server, is the one we wait for. */
  pause(): void;
  resume(): void;
  /** Must be called when all is over. */
  stop(): void;
}

const farewellMs = 2000;

/** Watches over one streamed answer. `who` names model and host in the sentences. */
export function startLimits(caller: AbortSignal, times: LimitTimes, who: string): Limits {
  const controller = new AbortController();
  let error: BackscrollError | undefined;
  let idle: NodeJS.Timeout | undefined;

  const fail = (why: BackscrollError) => {
    error ??= why;
    controller.abort();
  };
  const cancel = () => fail(new BackscrollError('cancelled', `The request to ${who} was cancelled.`));
  const after = (ms: number, sentence: string) =>
    setTimeout(() => fail(new BackscrollError('unavailable', sentence)), ms);

  const whole = after(times.timeoutMs, `${who} did not finish its answer within ${seconds(times.timeoutMs)}.`);
  let first: NodeJS.Timeout | undefined = after(
    times.firstTokenTimeoutMs,
    `${who} did not begin to answer within ${seconds(times.firstTokenTimeoutMs)}.`,
  );
  const resume = () => {
    clearTimeout(idle);
    if (first) return;
    idle = after(
      times.idleTimeoutMs,
      `${who} fell silent for ${seconds(times.idleTimeoutMs)} in the middle of its answer.`,
    );
  };

  if (caller.aborted) cancel();
  else caller.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    error: () => error,
    alive() {
      clearTimeout(first);
      first = undefined;
      resume();
    },
    finished() {
      clearTimeout(first);
      clearTimeout(idle);
      idle = after(Math.min(times.idleTimeoutMs, farewellMs), `${who} did not hang up.`);
    },
    pause: () => clearTimeout(idle),
    resume,
    stop() {
      clearTimeout(first);
      clearTimeout(idle);
      clearTimeout(whole);
      caller.removeEventListener('abort', cancel);
    },
  };
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
