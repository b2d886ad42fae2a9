import type { Clock } from '../../base/Clock.ts';
import { sha256 } from '../../base/hash.ts';
import type { Log } from '../../base/log.ts';
import type { Names } from '../../store/names.ts';
import type { Answer, Answerer, AnswerNote } from '../answer/Answer.ts';
import type { Evidence } from '../answer/Evidence.ts';
import { say, sayNote } from '../answer/wording.ts';
import { costOf, type TokenPrice } from '../llm/cost.ts';
import type { Hit, Retrieval, Retrieve } from '../retrieve/Retrieve.ts';
import { detectLanguage } from '../words/language.ts';
import type { Ask, AskRequest, Trace } from './Ask.ts';
import { showText, showTitle } from './showText.ts';

/** How many more passages the trace names than the answer was offered. */
const TRACED_PASSAGES = 20;

/** Question in, answer and trace out: finds passages, has an answer written from them, and notes how. */
export function createAsk(deps: {
  readonly retrieve: Retrieve;
  readonly answerer: Answerer;
  readonly names: Names;
  readonly embedderId: string;
  /** True while something is still being taken in, so that an answer may say that there is more to come. */
  readonly isImporting: () => boolean;
  readonly isEmpty: () => Promise<boolean>;
  readonly passages: number;
  readonly questionCharacters: number;
  readonly price: TokenPrice | undefined;
  readonly promptVersion: string;
  /** Names the settings that answers are made under. */
  readonly settingsHash?: string;
  readonly log: Log;
  readonly now: Clock;
}): Ask {
  /** A word of our own instead of an answer, where there is nothing to search or to search for. */
  async function refusal({ question }: AskRequest, language: string): Promise<Answer | undefined> {
    const plain = (status: Answer['status'], text: string): Answer => ({ status, text, citations: [], notes: [] });
    if (question.length > deps.questionCharacters) {
      return plain('failed', say(language, 'questionTooLong', { max: deps.questionCharacters }));
    }
    if (!/[\p{L}\p{N}]/u.test(question)) return plain('abstained', say(language, 'noWords'));
    if (await deps.isEmpty()) return plain('abstained', say(language, 'nothingIndexed'));
    return undefined;
  }

  function evidenceOf(hits: readonly Hit[]): Evidence[] {
    return hits.slice(0, deps.passages).map(({ passage, score }, i) => {
      const atUs = passage.toUs ?? passage.documentAtUs;
      return {
        n: i + 1,
        passageId: passage.id,
        documentId: passage.documentId,
        text: showText(passage, deps.names),
        title: showTitle(passage, deps.names),
        url: passage.url,
        kind: passage.documentKind,
        ...(atUs === undefined ? {} : { atMs: Math.floor(atUs / 1000) }),
        score,
      };
    });
  }

  async function answered(request: AskRequest, retrieval: Retrieval): Promise<Answer> {
    const notes: AnswerNote[] = [];
    if (retrieval.wordsOnly) notes.push('words-only');
    if (deps.isImporting()) notes.push('still-importing');
    return deps.answerer.answer(
      {
        question: request.question,
        history: request.history,
        evidence: evidenceOf(retrieval.hits),
        language: retrieval.language,
        notes,
        signal: request.signal,
      },
      (piece) => request.release?.(piece),
    );
  }

  return async (request) => {
    const begun = deps.now();
    const language = detectLanguage(request.question.slice(0, 2000));
    let retrieval: Retrieval = nothing(language);
    let answer = await refusal(request, language);
    let answerMs = 0;
    if (answer) request.release?.({ text: answer.text });
    else {
      try {
        retrieval = await deps.retrieve({ ...request, limit: deps.passages + TRACED_PASSAGES });
        const answerBegun = deps.now();
        answer = withNotices(await answered(request, retrieval), request, retrieval.language);
        answerMs = deps.now() - answerBegun;
      } catch (error) {
        if (request.signal.aborted) throw error;
        deps.log.error({ err: error }, 'a question could not be answered');
        answer = { status: 'failed', text: say(language, 'failed'), citations: [], notes: [] };
        request.release?.({ text: answer.text });
      }
    }
    return { answer, trace: traceOf(request, retrieval, answer, { answer: answerMs, total: deps.now() - begun }) };
  };

  function traceOf(
    request: AskRequest,
    retrieval: Retrieval,
    answer: Answer,
    timings: { answer: number; total: number },
  ): Trace {
    const { inputTokens, outputTokens, model } = answer;
    const cost =
      inputTokens === undefined || outputTokens === undefined
        ? undefined
        : costOf({ inputTokens, outputTokens }, deps.price);
    return {
      language: retrieval.language,
      reader: request.reader,
      audiences: retrieval.audiences,
      refused: retrieval.refused,
      embedder: deps.embedderId,
      ...(retrieval.wordsOnly ? { wordsOnly: retrieval.wordsOnly } : {}),
      passages: retrieval.hits.map(({ passage, score, words, vectors }, i) => ({
        passageId: passage.id,
        documentId: passage.documentId,
        version: passage.version,
        score,
        ...(words ? { words } : {}),
        ...(vectors ? { vectors } : {}),
        ...(i < deps.passages ? { n: i + 1 } : {}),
      })),
      answerer: retrieval.hits.length === 0 ? 'none' : model ? 'model' : 'quotes',
      ...(model ? { model, promptVersion: deps.promptVersion } : {}),
      ...(deps.settingsHash ? { settings: deps.settingsHash } : {}),
      ...(request.history.length > 0 ? { history: historyOf(request) } : {}),
      ...(inputTokens === undefined ? {} : { inputTokens }),
      ...(outputTokens === undefined ? {} : { outputTokens }),
      ...(cost === undefined ? {} : { cost }),
      status: answer.status,
      notes: answer.notes,
      timings: { ...retrieval.timingsMs, ...timings },
    };
  }
}

/** What the reader should know about how the answer came about stands below it, in the answer's language. */
function withNotices(answer: Answer, request: AskRequest, language: string): Answer {
  const notices = answer.notes.map((note) => `\n\n_${sayNote(language, note)}_`).join('');
  if (notices !== '') request.release?.({ text: notices });
  return { ...answer, text: answer.text + notices };
}

function historyOf({ history }: AskRequest) {
  return { turns: history.length, hash: sha256(JSON.stringify(history)) };
}

function nothing(language: string): Retrieval {
  const timingsMs = { words: 0, vectors: 0, check: 0 };
  return { hits: [], terms: [], language, audiences: 0, refused: 0, timingsMs };
}
