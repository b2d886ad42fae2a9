import type { WantedRows, WordsBatch } from '../../store/preferenceWords.ts';
import { findingsOf } from './findingsOf.ts';
import type { AnswerWords, FoundText, PassageKey, WantedWords } from './PreferenceRecords.ts';

type Passage = Omit<AnswerWords['passages'][number], 'n'>;

const UNTITLED: FoundText = { text: '', findings: [] };
const NONE: ReadonlyMap<number, FoundText> = new Map();

/** What is to be read for these. A passage that several rest on is read once. */
export function rowsWanted(wanted: readonly WantedWords[]): WantedRows {
  const numbers = { p: new Set<number>(), i: new Set<number>() };
  const [clean, found, corrections]: [string[], string[], number[]] = [[], [], []];
  for (const { answerId, hasFindings, passages, eventIds } of wanted) {
    (hasFindings ? found : clean).push(answerId);
    for (const { key } of passages) numbers[key.startsWith('p') ? 'p' : 'i'].add(Number(key.slice(1)));
    corrections.push(...eventIds);
  }
  return { clean, found, passages: [...numbers.p], imported: [...numbers.i], corrections };
}

/** The words of these answers out of what was read for them, by the answers' ids. */
export function wordsIn(wanted: readonly WantedWords[], batch: WordsBatch): Map<string, AnswerWords> {
  const passages = new Map<PassageKey, Passage>();
  for (const [id, title, text, findings, spaceId, titleFindings] of batch.passages) {
    const passage = { title: foundText(title, titleFindings), ...foundText(text, findings) };
    passages.set(`p${id}`, spaceId === null ? passage : { ...passage, spaceId });
  }
  for (const [id, text, findings] of batch.imported)
    passages.set(`i${id}`, { title: UNTITLED, ...foundText(text, findings) });
  const corrections = new Map(batch.corrections.map(([id, text, findings]) => [id, foundText(text, findings)]));
  const answers = new Map(batch.answers.map((row) => [row[0], row]));
  const words = new Map<string, AnswerWords>();
  for (const { answerId, passages: shown, eventIds } of wanted) {
    const row = answers.get(answerId);
    if (!row) continue;
    words.set(answerId, {
      question: foundText(row[1], row[2]),
      answer: foundText(row[3], row[4]),
      passages: shown.flatMap(({ n, key }) => {
        const passage = passages.get(key);
        return passage ? [{ n, ...passage }] : [];
      }),
      corrections: eventIds.length === 0 ? NONE : some(corrections, eventIds),
    });
  }
  return words;
}

/** @param findings JSON; null when nothing was found */
export function foundText(text: string, findings: string | null): FoundText {
  return { text, findings: findingsOf(findings) };
}

function some(corrections: ReadonlyMap<number, FoundText>, eventIds: readonly number[]): Map<number, FoundText> {
  const found = new Map<number, FoundText>();
  for (const id of eventIds) {
    const text = corrections.get(id);
    if (text) found.set(id, text);
  }
  return found;
}
