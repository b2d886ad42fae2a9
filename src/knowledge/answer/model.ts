import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Model, ModelEvent } from '../llm/Model.ts';
import type { Answer, Answerer, AnswerNote, AnswerRequest, Citation, ReleasedText } from './Answer.ts';
import { abstain } from './abstain.ts';
import type { Rarity } from './asked.ts';
import type { Evidence } from './Evidence.ts';
import { isEnough } from './enough.ts';
import type { CountTokens } from './fitToBudget.ts';
import { buildPrompt, NOT_FOUND } from './prompt.ts';
import { createRelease, type Released } from './release.ts';
import { createSupport } from './support.ts';
import { say } from './wording.ts';

export interface ModelAnswererOptions {
  readonly model: Model;
  /** Answers in the model's place when it fails, or names no source. */
  readonly fallback: Answerer;
  readonly countTokens: CountTokens;
  /** In `countTokens`' tokens: instructions, passages, thread and question together. */
  readonly maxInputTokens: number;
  readonly maxOutputTokens: number;
  /** Aborts when a model has had time enough, counted from the call. */
  readonly deadline: () => AbortSignal;
  readonly rarity?: Rarity;
  /** Told why a model failed, for the log. */
  readonly onFailure?: (error: unknown) => void;
}

interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

type Ending = { readonly kind: 'finished' } | { readonly kind: 'broke-off'; readonly note: AnswerNote };

/**
 * Answers with a language model, each unit checked before it is shown (see `createRelease`).
 * - Hopeless evidence: "I don't know", without asking the model.
 * - The model says that the passages do not answer: the same.
 * - It fails, hangs or cites nothing before anything was shown: the fallback answers, with a note.
 * - It fails later: what was shown stays, then a sentence that says so and the fallback's answer.
 * Citations keep the numbers of the evidence, so that streamed text never has to be renumbered.
 */
export function createModelAnswerer(options: ModelAnswererOptions): Answerer {
  const { model, fallback, countTokens, maxInputTokens, maxOutputTokens } = options;

  return {
    async answer(request, release) {
      refuseIfCancelled(request);
      const { question, evidence, language, history } = request;
      const rarity = options.rarity === undefined ? {} : { rarity: options.rarity };
      const enough = isEnough(question, evidence, language, { history, writer: 'model', ...rarity });
      if (!enough.enough) return abstain(request, enough, release);

      const prompt = buildPrompt(request, { maxInputTokens, countTokens });
      const checked = createRelease({ evidence: prompt.evidence, language, sentinel: NOT_FOUND, emit: release });
      let usage: Usage = {};
      const ending = await listen();
      refuseIfCancelled(request);
      const released = checked.end(ending.kind === 'finished');

      if (released.text === '') {
        const spent = { ...usage };
        if (ending.kind === 'finished' && released.sawSentinel) {
          return { ...abstain(request, { ...enough, reason: 'not-covered' }, release), model: model.name, ...spent };
        }
        const note = ending.kind === 'broke-off' ? ending.note : 'model-uncited';
        return { ...(await fallback.answer(withNote(request, note), release)), ...spent };
      }
      const citations = citationsOf(released, prompt.evidence, language);
      const answer: Answer = { status: 'answered', text: released.text, citations, notes: request.notes };
      const whole = ending.kind === 'finished' ? answer : await goOn(answer, request, ending.note, release);
      return { ...whole, model: model.name, ...usage };

      /** Feeds the checker until the model has finished or failed. */
      async function listen(): Promise<Ending> {
        const deadline = options.deadline();
        const signal = AbortSignal.any([request.signal, deadline]);
        try {
          for await (const event of untilAborted(
            model.stream({ messages: prompt.messages, maxTokens: maxOutputTokens, signal }),
            signal,
          )) {
            if (event.kind === 'text') checked.push(event.text);
            else usage = { inputTokens: event.inputTokens, outputTokens: event.outputTokens };
          }
          return { kind: 'finished' };
        } catch (error) {
          if (!request.signal.aborted) options.onFailure?.(error);
          return { kind: 'broke-off', note: deadline.aborted ? 'model-timeout' : 'model-failed' };
        }
      }
    },
  };

  /** After what the model got to say: that it broke off, and the passages themselves. */
  async function goOn(
    begun: Answer,
    request: AnswerRequest,
    note: AnswerNote,
    release: (piece: ReleasedText) => void,
  ): Promise<Answer> {
    const pieces: ReleasedText[] = [];
    const rest = await fallback.answer(withNote(request, note), (piece) => pieces.push(piece));
    const sentence = `\n\n_${say(request.language, 'modelBrokeOff')}_`;
    const added = [sentence, ...(rest.status === 'answered' ? ['\n\n', ...pieces.map((piece) => piece.text)] : [])];
    for (const text of added) release({ text });
    const known = new Set(begun.citations.map(({ n }) => n));
    const more = rest.status === 'answered' ? rest.citations.filter(({ n }) => !known.has(n)) : [];
    return {
      ...begun,
      text: begun.text + added.join(''),
      citations: [...begun.citations, ...more],
      notes: [...request.notes, note],
    };
  }
}

function citationsOf(released: Released, evidence: readonly Evidence[], language: string): Citation[] {
  const support = createSupport(evidence, language);
  return [...released.claims]
    .map(([n, claims]) => support.cite(n, claims))
    .filter((citation) => citation !== undefined);
}

function withNote(request: AnswerRequest, note: AnswerNote): AnswerRequest {
  return { ...request, notes: [...request.notes, note] };
}

function refuseIfCancelled(request: AnswerRequest): void {
  if (request.signal.aborted) throw new BackscrollError('cancelled', 'The question was withdrawn.');
}

/** The same events, but it ends when the signal says so, even if the model does not listen to it. */
async function* untilAborted(events: AsyncIterable<ModelEvent>, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  const iterator = events[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  aborted.promise.catch(() => undefined);
  if (signal.aborted) abort();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted.promise]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: a model that hangs would keep us here.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
