import type { AnswerToLearn, ServedReader } from '../../store/learning.ts';

/** What an answer teaches: a question with its answer, to be found by who asks the same again. */
export interface Lesson {
  readonly kind: 'correction' | 'confirmed';
  readonly question: string;
  /** Markdown, as somebody wrote it: data, not to be trusted. */
  readonly text: string;
  /** How many people stand behind it. */
  readonly people: number;
  /** When it was said, milliseconds since 1970. */
  readonly atMs: number;
}

export interface LessonRules {
  readonly corrections: boolean;
  /** So many people must find an answer good; null: none is learned. */
  readonly confirmedBy: number | null;
}

/** Nearly all must agree: two for and none against, five for and one against (Beta(1,1), mean). */
const AGREED = 0.74;

/**
 * What an answer teaches now, or nothing. A correction wins over the answer that it corrects, but not over several people
 * who found that answer good: then they disagree, and nobody is right by being last. Pure.
 */
export function lessonOf(answer: AnswerToLearn, rules: LessonRules): Lesson | undefined {
  const { correction, question, erased, status, good, bad } = answer;
  if (erased || question.trim() === '' || !answer.reader) return undefined;
  const isDisputed = correction !== undefined && correction.good >= (rules.confirmedBy ?? 2);
  if (rules.corrections && correction?.isSafe && !isDisputed) {
    return { kind: 'correction', question, text: correction.text, people: 1, atMs: correction.atMs };
  }
  const isAgreed = rules.confirmedBy !== null && good >= rules.confirmedBy && (good + 1) / (good + bad + 2) >= AGREED;
  // What was learned and said again would only confirm itself.
  const rests = answer.passages.filter(({ cited }) => cited);
  const isNew = rests.length > 0 && rests.every(({ learned }) => !learned);
  if (!isAgreed || correction || status !== 'answered' || !isNew) return undefined;
  return { kind: 'confirmed', question, text: withoutCitations(answer.answer), people: good, atMs: answer.answeredMs };
}

/** `[1]` means something only below the answer that it stood in. */
function withoutCitations(text: string): string {
  return text.replace(/[ \t]*\[\d{1,3}\](?!\()/g, '');
}

/** Where what is learned belongs, and what a reader must be able to read besides. */
export type Home =
  /** Of a channel: read by whoever reads the channel, also when that changes. */
  | { readonly kind: 'place'; readonly space: string; readonly channelId: string }
  | { readonly kind: 'person'; readonly space: string; readonly personId: string }
  | { readonly kind: 'everybody'; readonly space: string; readonly alsoOf: readonly string[] };

/** The place where an answer stood is the only one that may learn from it. */
export function homeOf(reader: ServedReader, passages: AnswerToLearn['passages']): Home | undefined {
  if (reader.kind !== 'everybody') return reader;
  const cited = passages.filter((passage) => passage.cited);
  const [space] = [...cited, ...passages].map(({ spaceId }) => spaceId).filter((id) => reader.spaces.includes(id));
  if (space !== undefined) return { kind: 'everybody', space, alsoOf: [] };
  // It rests on nothing: then it belongs to whoever reads all that the asker could.
  const [first, ...others] = reader.spaces;
  return first === undefined ? undefined : { kind: 'everybody', space: first, alsoOf: others };
}
