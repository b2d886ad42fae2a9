import type { PassageKey } from '../../record/PreferenceRecords.ts';
import type { Prints } from '../alike/createPrints.ts';
import { FINGERPRINT_BYTES } from '../alike/fingerprint.ts';
import { type Completion, type Context, type Exchange, OPERATOR_VOTER, type Rated } from '../Rated.ts';
import { FIELD_COUNT } from './createPartWriter.ts';
import { FIELDS, type Field, FLAG, type MetContext, type Part } from './Part.ts';

/** What was met by one hand, by its numbers. */
interface Met {
  /** Numbers among all voters. */
  readonly voters: number[];
  readonly spaces: string[];
  readonly contexts: Context[];
}

const AT = Object.fromEntries(FIELDS.map((field, at) => [field, at])) as Record<Field, number>;

/**
 * Makes rated answers of parts. These come in the order of their ranges, whoever gathered them: then everything is
 * numbered in the order in which it appears in the record, and comes out the same in every run.
 */
export function createJoin(
  to: { readonly questions: Prints; readonly completions: Prints },
  operator: string,
): (part: Part) => Rated[] {
  const byHand = new Map<number, Met>();
  const voters = new Map<string, number>([[operator, OPERATOR_VOTER]]);
  const passages = new Map<PassageKey, number>();
  const contexts = new Map<string, Context>();

  function numberOf<K>(numbers: Map<K, number>, key: K): number {
    const number = numbers.get(key) ?? numbers.size;
    if (number === numbers.size) numbers.set(key, number);
    return number;
  }
  /** The hands may have met the same. */
  function contextOf({ key, passages: shown }: MetContext): Context {
    const name = `${shown.length} ${key}`;
    const known = contexts.get(name);
    if (known) return known;
    const context = { key, passages: shown.map((one) => ({ id: numberOf(passages, one.key), ...one })) };
    contexts.set(name, context);
    return context;
  }
  function metBy({ by, met }: Part): Met {
    const known = byHand.get(by) ?? { voters: [], spaces: [], contexts: [] };
    byHand.set(by, known);
    for (const voter of met.voters) known.voters.push(numberOf(voters, voter));
    known.spaces.push(...met.spaces);
    for (const context of met.contexts) known.contexts.push(contextOf(context));
    return known;
  }

  return (part) => {
    const met = metBy(part);
    const { numbers, prints } = part;
    let [voter, print] = [0, 0];
    const nextVoters = (count: number) => {
      const found: number[] = [];
      for (const end = voter + count; voter < end; voter++)
        found.push(met.voters[part.voters[voter] as number] as number);
      return found;
    };
    const nextPrint = () => {
      print += FINGERPRINT_BYTES;
      return prints.subarray(print - FINGERPRINT_BYTES, print);
    };

    return part.answerIds.map((answerId, item) => {
      const number = (field: Field) => numbers[item * FIELD_COUNT + AT[field]] as number;
      const flags = number('flags');
      const rated = new Kept(answerId, met.contexts[number('context')] as Context);
      rated.askedMs = number('askedMs');
      rated.spaceId = met.spaces[number('space')];
      rated.bare = (flags & FLAG.bare) !== 0;
      rated.hasFindings = (flags & FLAG.hasFindings) !== 0;
      rated.promptTokens = number('promptTokens');
      rated.questionTokens = number('questionTokens');
      rated.label = flags & FLAG.good ? 'good' : flags & FLAG.bad ? 'bad' : undefined;
      rated.goodness = number('goodness');
      rated.up = nextVoters(number('up'));
      rated.down = nextVoters(number('down'));
      rated.question = to.questions.add(nextPrint());
      if (flags & FLAG.answer) {
        rated.answer = new KeptCompletion(rated, number('answerTokens'), to.completions.add(nextPrint()));
      }
      if (flags & FLAG.correction) {
        const kept = new KeptCompletion(rated, number('correctionTokens'), to.completions.add(nextPrint()));
        kept.eventId = number('correctionEvent');
        kept.voter = met.voters[number('correctionVoter')] as number;
        rated.correction = kept;
      }
      return rated;
    });
  };
}

// Every field is there from the beginning, so that a hundred thousand of each have one shape. (Whether a literal would be
// slower was not measured.)

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class Kept implements Writable<Rated> {
  answerId: string;
  askedMs = 0;
  spaceId: string | undefined = undefined;
  bare = false;
  hasFindings = false;
  promptTokens = 0;
  question = 0;
  questionTokens = 0;
  context: Context;
  answer: Completion | undefined = undefined;
  correction: Rated['correction'] = undefined;
  label: Rated['label'] = undefined;
  goodness = 0;
  up: readonly number[] = [];
  down: readonly number[] = [];

  constructor(answerId: string, context: Context) {
    this.answerId = answerId;
    this.context = context;
  }
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
