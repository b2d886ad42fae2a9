import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BackscrollError, type ErrorCode } from '../../../base/BackscrollError.ts';
import type { HomeToMeasure, ScaleMeasure, ScaleOptions } from './scaling.ts';

export interface ScaleRequest extends Omit<ScaleOptions, 'signal' | 'report'> {
  readonly home: HomeToMeasure;
}

export type ScaleReply =
  | { readonly kind: 'progress'; readonly sentence: string }
  | { readonly kind: 'measures'; readonly measures: ScaleMeasure[] }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly message: string };

/**
 * Measures a home in a process of its own: in one that did other things before, what they took would be counted too.
 * @throws BackscrollError what the process says is wrong, or `internal` when it ends without a word
 */
export async function scaleApart(
  { signal, report, ...options }: ScaleOptions,
  home: HomeToMeasure,
): Promise<ScaleMeasure[]> {
  signal.throwIfAborted();
  const file = fileURLToPath(new URL('./scaleProcess.ts', import.meta.url));
  const child = fork(file, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  try {
    let last: ScaleReply | undefined;
    child.on('message', (message) => {
      const reply = message as ScaleReply;
      if (reply.kind === 'progress') report(reply.sentence);
      else last = reply;
    });
    child.send({ ...options, home } satisfies ScaleRequest);
    await exited;
    signal.throwIfAborted();
    if (last?.kind === 'measures') return last.measures;
    if (last?.kind === 'error') throw new BackscrollError(last.code, last.message);
    throw new BackscrollError('internal', 'The process that measures a home ended early. Run the benchmark again.');
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
