import type { AnswerWords, FoundText, PreferenceFacts } from '../../record/PreferenceRecords.ts';
import type { Redact } from '../../redact/createRedact.ts';
import type { Told } from '../gather/createPartWriter.ts';
import { asCompletion } from '../lines/createWording.ts';
import type { Reason } from '../reasons.ts';
import type { Opinion } from './opinionOf.ts';
import { repeats } from './repeats.ts';

/**
 * What can be told of an answer whose passages are not allowed: nothing that says what they say.
 * @returns why not at all
 */
export function tellAlone(
  { facts, opinion }: { readonly facts: PreferenceFacts; readonly opinion: Opinion },
  words: AnswerWords,
  redact: Redact,
): Told | Reason {
  const clean = (found: FoundText) => redact(found, facts.asked.spaceId).text;
  const answer = facts.status === 'answered' ? clean(words.answer) : '';
  const correction = opinion.correction ? clean(opinion.correction) : '';
  const hidden = words.passages.map(({ text }) => text);
  if (facts.served.answerer === 'quotes' || repeats([answer, correction], hidden)) return 'quotes-passages';
  const isTold = (text: string) => asCompletion(text, { bare: true }) !== '';
  return { answer: isTold(answer), correction: isTold(correction) };
}
