import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import type { Answer, Citation } from '../../../src/knowledge/answer/Answer.ts';
import type { Ask, AskRequest, Trace } from '../../../src/knowledge/ask/Ask.ts';

export interface Script {
  readonly pieces: readonly string[];
  readonly status?: Answer['status'];
  readonly citations?: readonly Citation[];
  readonly trace?: Partial<Trace>;
}

/** An Ask that says what it is told, piece by piece as it is let, with everything that it was asked. */
export interface ScriptedAsk {
  readonly ask: Ask;
  readonly requests: AskRequest[];
  says(script: Script): void;
  /** From now on each piece, and then the end, waits for a `step`. */
  hold(): void;
  step(count?: number): void;
}

export function createScriptedAsk(): ScriptedAsk {
  let script: Script = { pieces: ['Nothing was scripted.'] };
  let permits = Number.POSITIVE_INFINITY;
  const waiting: (() => void)[] = [];
  const requests: AskRequest[] = [];

  async function permit(signal: AbortSignal) {
    if (permits <= 0) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    }
    permits--;
    if (signal.aborted) throw new BackscrollError('cancelled', 'stopped');
  }

  return {
    requests,
    async ask(request) {
      requests.push(request);
      const { pieces, status = 'answered', citations = [], trace = {} } = script;
      for (const text of pieces) {
        await permit(request.signal);
        request.release?.({ text });
      }
      await permit(request.signal);
      const answer: Answer = { status, text: pieces.join(''), citations, notes: [] };
      return { answer, trace: { ...plainTrace(request, status), ...trace } };
    },
    says(next) {
      script = next;
    },
    hold() {
      permits = 0;
    },
    step(count = 1) {
      permits += count;
      const woken = waiting.splice(0, count);
      for (const wake of woken) wake();
    },
  };
}

function plainTrace({ reader }: AskRequest, status: Answer['status']): Trace {
  return {
    language: 'en',
    reader,
    audiences: 1,
    refused: 0,
    embedder: 'builtin-1',
    passages: [],
    answerer: 'quotes',
    status,
    notes: [],
    timings: { words: 3, vectors: 5, check: 1, answer: 2, total: 11 },
  };
}
