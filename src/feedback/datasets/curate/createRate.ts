import type { PreferenceFacts } from '../../record/PreferenceRecords.ts';
import type { Prints } from '../alike/createPrints.ts';
import type { Prompting } from '../Prompting.ts';
import type { Completion, Context, Exchange, Rated } from '../Rated.ts';
import type { Opinion } from './opinionOf.ts';

/** What of an answer can be told: itself, and what people say it should have been. */
export interface Told {
  readonly answer: boolean;
  readonly correction: boolean;
}

export interface FoundPrints {
  /** Their bytes, or these as hex. */
  readonly question: Uint8Array | string;
  readonly answer: Uint8Array | string;
  readonly correction: Uint8Array | undefined;
}

/** Makes what is kept of an answer, as small as it can be: there may be hundreds of thousands. */
export type Rate = (
  facts: PreferenceFacts,
  opinion: Opinion,
  given: { readonly bare: boolean; readonly told: Told; readonly prints: FoundPrints },
) => Rated;

const NO_CONTEXT: Context = { key: '', passages: [] };

export function createRate(
  to: { readonly questions: Prints; readonly completions: Prints },
  tokens: Prompting['tokens'],
): Rate {
  const numbers = new Map<string, number>();
  const contexts = new Map<string, Context>();
  /** Each voter's name once: the database gives a new string for each of their votes. */
  const voters = new Map<string, string>();

  function contextOf(passages: PreferenceFacts['passages']): Context {
    if (passages.length === 0) return NO_CONTEXT;
    const key = passages.map((passage) => passage.key).join(' ');
    const known = contexts.get(key);
    if (known) return known;
    const numbered = passages.map((passage) => {
      const id = numbers.get(passage.key) ?? numbers.size;
      numbers.set(passage.key, id);
      return { id, tokens: passage.tokens };
    });
    const context = { key, passages: numbered };
    contexts.set(key, context);
    return context;
  }
  function promptTokensOf(questionTokens: number, { passages }: Context): number {
    let sum = questionTokens + (passages.length === 0 ? tokens.alone : tokens.around);
    for (const one of passages) sum += one.tokens + tokens.passage;
    return sum;
  }
  function named(voter: string): string {
    const known = voters.get(voter);
    if (known === undefined) voters.set(voter, voter);
    return known ?? voter;
  }
  function completion(of: Exchange, length: number, print: Uint8Array | string, eventId?: number): Completion {
    return { of, eventId, tokens: length, print: to.completions.add(print) };
  }

  return (facts, { label, goodness, up, down, correction }, { bare, told, prints }) => {
    const { answerId, askedMs, question } = facts;
    const context = bare ? NO_CONTEXT : contextOf(facts.passages);
    const rated: { -readonly [K in keyof Rated]: Rated[K] } = {
      answerId,
      askedMs,
      spaceId: facts.asked.spaceId,
      bare,
      promptTokens: promptTokensOf(question.tokens, context),
      question: to.questions.add(prints.question),
      questionTokens: question.tokens,
      context,
      answer: undefined,
      correction: undefined,
      opinion: label
        ? { goodness, up: up.map(named), down: down.map(named), label }
        : { goodness, up: up.map(named), down: down.map(named) },
    };
    if (told.answer) rated.answer = completion(rated, facts.answer.tokens, prints.answer);
    if (told.correction && correction && prints.correction) {
      const { tokens: length, eventId, voter } = correction;
      rated.correction = { ...completion(rated, length, prints.correction, eventId), voter: named(voter) };
    }
    return rated;
  };
}
