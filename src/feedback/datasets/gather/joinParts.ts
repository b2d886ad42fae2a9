import type { PassageKey } from '../../record/PreferenceRecords.ts';
import { PRINT_WORDS, type Prints, wordsOf } from '../alike/createPrints.ts';
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
    const number = numberOf(contextNumbers, `${shown.map(({ n }) => n).join(' ')} ${key}`);
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
    const from = answerIds.length;
    for (const answerId of part.answerIds) answerIds.push(answerId);
    numbers.append(part.numbers);
    let [voice, print] = [voices.length, 0];
    for (const voter of part.voters) voices.push(met.voters[voter] as number);
    const words = wordsOf(part.prints);
    const addPrint = (prints: Prints) => prints.addFrom(words, print++ * PRINT_WORDS);
    for (let answer = from; answer < answerIds.length; answer++) {
      numberAmongAll(answer, met);
      voicesFrom.push(voice);
      voice += number(answer, FIELD.up) + number(answer, FIELD.down);
      questionPrints.push(addPrint(to.questions));
      completionPrints.push(is(answer, 'answer') ? addPrint(to.completions) : NO_COMPLETION);
      completionPrints.push(is(answer, 'correction') ? addPrint(to.completions) : NO_COMPLETION);
    }
  }
  /** What is numbered by one hand gets its number among all. */
  function numberAmongAll(answer: number, met: Met): void {
    const at = answer * FIELD_COUNT;
    const [space, context] = [numbers.at(at + FIELD.space), numbers.at(at + FIELD.context)];
    if (space !== NO_SPACE) numbers.set(at + FIELD.space, met.spaces[space] as number);
    numbers.set(at + FIELD.context, met.contexts[context] as number);
    if (!is(answer, 'correction')) return;
    numbers.set(at + FIELD.correctionVoter, met.voters[numbers.at(at + FIELD.correctionVoter)] as number);
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
    passageCount: () => passages.size,
    exchange: (answer) => ({
      answerId: answerIds[answer] as string,
      spaceId: spaceIds[number(answer, FIELD.space)],
      bare: is(answer, 'bare'),
      hasFindings: is(answer, 'hasFindings'),
      context: contexts[number(answer, FIELD.context)] as Context,
    }),
    question: (answer) => questionPrints.at(answer),
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
    print: (completion) => completionPrints.at(completion),
    eventId: (completion) => (isCorrection(completion) ? number(of(completion), FIELD.correctionEvent) : undefined),
  };
  return { rated, add };
}

function numberOf<K>(numbers: Map<K, number>, key: K): number {
  const number = numbers.get(key) ?? numbers.size;
  if (number === numbers.size) numbers.set(key, number);
  return number;
}
