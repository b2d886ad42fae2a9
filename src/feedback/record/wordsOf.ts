import type { PassageWordsRow, WordsBatch } from '../../store/preferenceWords.ts';
import { findingsOf } from './findingsOf.ts';
import type { AnswerWords, FoundText } from './PreferenceRecords.ts';

type Passage = AnswerWords['passages'][number];
const NONE: ReadonlyMap<number, FoundText> = new Map();

/** The words of answers from their rows, by the answers' ids. */
export function wordsOf({ answers, served, imported, corrections }: WordsBatch): Map<string, AnswerWords> {
  const passages = new Map<string, Passage[]>();
  for (const row of served) add(passages, row);
  for (const row of imported) add(passages, row);
  const corrected = new Map<string, Map<number, FoundText>>();
  for (const [answerId, eventId, text, findings] of corrections) {
    const known = corrected.get(answerId) ?? new Map<number, FoundText>();
    corrected.set(answerId, known.set(eventId, foundText(text, findings)));
  }
  const found = new Map<string, AnswerWords>();
  for (const [answerId, question, questionFindings, answer, answerFindings] of answers) {
    found.set(answerId, {
      question: foundText(question, questionFindings),
      answer: foundText(answer, answerFindings),
      passages: passages.get(answerId) ?? [],
      corrections: corrected.get(answerId) ?? NONE,
    });
  }
  return found;
}

/** @param findings JSON; null when nothing was found */
export function foundText(text: string, findings: string | null): FoundText {
  return { text, findings: findingsOf(findings) };
}

function add(passages: Map<string, Passage[]>, row: PassageWordsRow): void {
  const [answerId, n, title, text, findings, spaceId, titleFindings] = row;
  const passage = { n, title: foundText(title ?? '', titleFindings), text, findings: findingsOf(findings) };
  const known = passages.get(answerId);
  const one = spaceId === null ? passage : { ...passage, spaceId };
  if (known) known.push(one);
  else passages.set(answerId, [one]);
}
