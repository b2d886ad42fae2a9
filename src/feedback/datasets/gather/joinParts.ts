import type { PassageKey } from '../../record/PreferenceRecords.ts';
import type { Prints } from '../alike/createPrints.ts';
import { FINGERPRINT_BYTES } from '../alike/fingerprint.ts';
import { createColumn } from '../createColumn.ts';
import { type Context, NO_COMPLETION, OPERATOR_VOTER, type Rated } from '../Rated.ts';
import { FIELD, FIELD_COUNT, FLAG, type MetContext, NO_SPACE, type Part } from './Part.ts';

/** What was met by one hand, by its numbers: numbers among all. */
interface Met {
  readonly voters: number[];
  readonly spaces: number[];
  readonly contexts: number[];
}

/** Two completions for each answer: itself and its correction. */
const EACH = 2;

/**
 * Makes rated answers of parts. These come in the order of their ranges, whoever gathered them: then everything is
 * numbered in the order in which it appears in the record, and comes out the same in every run.
 */
export function joinParts(
  to: { readonly questions: Prints; readonly completions: Prints },
  operator: string,
): { readonly rated: Rated; add(part: Part): void } {
  const byHand = new Map<number, Met>();
  const voters = new Map<string, number>([[operator, OPERATOR_VOTER]]);
  const passages = new Map<PassageKey, number>();
  const [spaceNumbers, spaceIds] = [new Map<string, number>(), [] as string[]];
  const [contextNumbers, contexts] = [new Map<string, number>(), [] as Context[]];

  const answerIds: string[] = [];
  /** As in the parts, but numbered among all. */
  const numbers = createColumn(Float64Array);
  const voices = createColumn(Int32Array);
  const [voicesFrom, questionPrints] = [createColumn(Int32Array), createColumn(Int32Array)];
  const completionPrints = createColumn(Int32Array);

  function contextNumber({ key, passages: shown }: MetContext): number {
    const number = numberOf(contextNumbers, `${shown.length} ${key}`);
    // The hands may have met the same.
    contexts[number] ??= { key, passages: shown.map((one) => ({ id: numberOf(passages, one.key), ...one })) };
    return number;
  }
  function metBy({ by, met }: Part): Met {
    const known = byHand.get(by) ?? { voters: [], spaces: [], contexts: [] };
    byHand.set(by, known);
    for (const voter of met.voters) known.voters.push(numberOf(voters, voter));
    for (const space of met.spaces) {
      const number = numberOf(spaceNumbers, space);
      spaceIds[number] = space;
      known.spaces.push(number);
    }
    for (const context of met.contexts) known.contexts.push(contextNumber(context));
    return known;
  }

  function add(part: Part): void {
    const met = metBy(part);
    let print = 0;
    const nextPrint = () => {
      print += FINGERPRINT_BYTES;
      return part.prints.subarray(print - FINGERPRINT_BYTES, print);
    };
    let voice = 0;
    part.answerIds.forEach((answerId, item) => {
      const given = (field: number) => part.numbers[item * FIELD_COUNT + field] as number;
      answerIds.push(answerId);
      for (let field = 0; field < FIELD_COUNT; field++) numbers.push(among(met, field, given(field)));
      voicesFrom.push(voices.length);
      for (const end = voice + given(FIELD.up) + given(FIELD.down); voice < end; voice++) {
        voices.push(met.voters[part.voters[voice] as number] as number);
      }
      const flags = given(FIELD.flags);
      questionPrints.push(to.questions.add(nextPrint()));
      completionPrints.push(flags & FLAG.answer ? to.completions.add(nextPrint()) : NO_COMPLETION);
      completionPrints.push(flags & FLAG.correction ? to.completions.add(nextPrint()) : NO_COMPLETION);
    });
  }

  const number = (answer: number, field: number) => numbers.at(answer * FIELD_COUNT + field);
  const is = (answer: number, flag: keyof typeof FLAG) => (number(answer, FIELD.flags) & FLAG[flag]) !== 0;
  const isCorrection = (completion: number) => completion % EACH === 1;
  const of = (completion: number) => Math.trunc(completion / EACH);
  function voicesOf(from: number, count: number): number[] {
    const found: number[] = [];
    for (let at = from; at < from + count; at++) found.push(voices.at(at));
    return found;
  }

  const rated: Rated = {
    get count() {
      return answerIds.length;
    },
    answerId: (answer) => answerIds[answer] as string,
    askedMs: (answer) => number(answer, FIELD.askedMs),
    context: (answer) => contexts[number(answer, FIELD.context)] as Context,
    exchange: (answer) => ({
      answerId: answerIds[answer] as string,
      spaceId: spaceIds[number(answer, FIELD.space)],
      bare: is(answer, 'bare'),
      hasFindings: is(answer, 'hasFindings'),
      context: contexts[number(answer, FIELD.context)] as Context,
    }),
    question: questionPrints.at,
    questionTokens: (answer) => number(answer, FIELD.questionTokens),
    promptTokens: (answer) => number(answer, FIELD.promptTokens),
    label: (answer) => (is(answer, 'good') ? 'good' : is(answer, 'bad') ? 'bad' : undefined),
    goodness: (answer) => number(answer, FIELD.goodness),
    up: (answer) => voicesOf(voicesFrom.at(answer), number(answer, FIELD.up)),
    down: (answer) => voicesOf(voicesFrom.at(answer) + number(answer, FIELD.up), number(answer, FIELD.down)),
    answer: (answer) => (is(answer, 'answer') ? answer * EACH : NO_COMPLETION),
    correction: (answer) => (is(answer, 'correction') ? answer * EACH + 1 : NO_COMPLETION),
    corrector: (answer) => number(answer, FIELD.correctionVoter),
    of,
    tokens: (completion) =>
      number(of(completion), isCorrection(completion) ? FIELD.correctionTokens : FIELD.answerTokens),
    print: completionPrints.at,
    eventId: (completion) => (isCorrection(completion) ? number(of(completion), FIELD.correctionEvent) : undefined),
  };
  return { rated, add };
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const number = numbers.get(key) ?? numbers.size;
  if (number === numbers.size) numbers.set(key, number);
  return number;
}

/** A number of one hand's as a number among all. */
function among(met: Met, field: number, number: number): number {
  if (field === FIELD.context) return met.contexts[number] as number;
  if (field === FIELD.space) return number === NO_SPACE ? NO_SPACE : (met.spaces[number] as number);
  // There may be none.
  if (field === FIELD.correctionVoter) return met.voters[number] ?? 0;
  return number;
}
