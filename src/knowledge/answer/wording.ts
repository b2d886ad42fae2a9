import type { AnswerNote } from './Answer.ts';
import { SENTENCES } from './sentences.ts';

/** What the bot says in its own words. `questionTooLong` takes `max`, a number of characters. */
export type SentenceKey =
  | 'dontKnow'
  | 'nearest'
  | 'quotes'
  | 'modelFailed'
  | 'modelTimeout'
  | 'modelUncited'
  | 'modelBrokeOff'
  | 'wordsOnly'
  | 'stillImporting'
  | 'nothingIndexed'
  | 'questionTooLong'
  | 'noWords'
  | 'failed'
  | 'corrected'
  | 'confirmed';

export type SentenceTable = Readonly<Record<SentenceKey, string>>;

/**
 * A sentence of the bot in a language, as Markdown.
 * @param language ISO 639-1, region and script ignored (`pt-BR` is `pt`); unknown ones and `und` give English
 * @param params what stands in braces in the sentence
 */
export function say(
  language: string,
  key: SentenceKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const base = language.toLowerCase().split('-')[0] ?? '';
  const table = Object.hasOwn(SENTENCES, base) ? SENTENCES[base] : undefined;
  const sentence = (table ?? SENTENCES.en)[key];
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(params[name] ?? whole));
}

const OF_NOTE: Readonly<Record<AnswerNote, SentenceKey>> = {
  'words-only': 'wordsOnly',
  'model-failed': 'modelFailed',
  'model-timeout': 'modelTimeout',
  'model-uncited': 'modelUncited',
  'still-importing': 'stillImporting',
};

/** What a note of an answer says to the reader. */
export function sayNote(language: string, note: AnswerNote): string {
  return say(language, OF_NOTE[note]);
}
