import type { PreferenceFacts } from '../../record/PreferenceRecords.ts';
import type { Prints } from '../alike/createPrints.ts';
import type { Prompting } from '../Prompting.ts';
import { type Completion, type Context, type Exchange, OPERATOR_VOTER, type Rated } from '../Rated.ts';
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
  operator: string,
): Rate {
  const numbers = new Map<string, number>();
  const contexts = { shown: new Map<string, Context>(), bare: new Map<string, Context>() };
  const voters = new Map<string, number>([[operator, OPERATOR_VOTER]]);

  function contextOf(passages: PreferenceFacts['passages'], bare: boolean): Context {
    if (passages.length === 0) return NO_CONTEXT;
    const [first] = passages;
    const key = passages.length === 1 && first ? first.key : passages.map((passage) => passage.key).join(' ');
    const known = contexts[bare ? 'bare' : 'shown'].get(key);
    if (known) return known;
    const context = { key, passages: bare ? [] : passages.map(numbered) };
    contexts[bare ? 'bare' : 'shown'].set(key, context);
    return context;
  }
  function numbered({ n, key, tokens: length }: PreferenceFacts['passages'][number]): Context['passages'][number] {
    const id = numbers.get(key) ?? numbers.size;
    numbers.set(key, id);
    return { id, n, key, tokens: length };
  }
  function promptTokensOf(questionTokens: number, { passages }: Context): number {
    let sum = questionTokens + (passages.length === 0 ? tokens.alone : tokens.around);
    for (const one of passages) sum += one.tokens + tokens.passage;
    return sum;
  }
  function voterNumber(voter: string): number {
    const known = voters.get(voter);
    if (known !== undefined) return known;
    voters.set(voter, voters.size);
    return voters.size - 1;
  }

  return (facts, opinion, { bare, told, prints }) => {
    const { answerId, askedMs, question, asked, answer } = facts;
    const rated = new Kept();
    rated.answerId = answerId;
    rated.askedMs = askedMs;
    rated.spaceId = asked.spaceId;
    rated.bare = bare;
    rated.hasFindings = question.findings.length + answer.findings.length > 0;
    rated.context = contextOf(facts.passages, bare);
    rated.promptTokens = promptTokensOf(question.tokens, rated.context);
    rated.question = to.questions.add(prints.question);
    rated.questionTokens = question.tokens;
    rated.label = opinion.label;
    rated.goodness = opinion.goodness;
    rated.up = opinion.up.map(voterNumber);
    rated.down = opinion.down.map(voterNumber);
    if (told.answer) {
      rated.answer = new KeptCompletion(rated, answer.tokens, to.completions.add(prints.answer));
    }
    const { correction } = opinion;
    if (told.correction && correction && prints.correction) {
      const kept = new KeptCompletion(rated, correction.tokens, to.completions.add(prints.correction));
      kept.eventId = correction.eventId;
      kept.voter = voterNumber(correction.voter);
      rated.correction = kept;
    }
    return rated;
  };
}

// Every field is there from the beginning, so that a hundred thousand of each have one shape. (Whether a literal would be
// slower was not measured.)

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class Kept implements Writable<Rated> {
  answerId = '';
  askedMs = 0;
  spaceId: string | undefined = undefined;
  bare = false;
  hasFindings = false;
  promptTokens = 0;
  question = 0;
  questionTokens = 0;
  context = NO_CONTEXT;
  answer: Completion | undefined = undefined;
  correction: Rated['correction'] = undefined;
  label: Rated['label'] = undefined;
  goodness = 0;
  up: readonly number[] = [];
  down: readonly number[] = [];
}

class KeptCompletion implements Writable<Completion> {
  of: Exchange;
  eventId: number | undefined = undefined;
  /** Of a correction. */
  voter = OPERATOR_VOTER;
  tokens: number;
  print: number;

  constructor(of: Exchange, tokens: number, print: number) {
    this.of = of;
    this.tokens = tokens;
    this.print = print;
  }
}
