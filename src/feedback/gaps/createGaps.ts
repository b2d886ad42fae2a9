import type { Clock } from '../../base/Clock.ts';
import type { ServedReader } from '../../store/learning.ts';
import type { Names } from '../../store/names.ts';
import type { AskedQuestion, QuestionsAsked } from '../../store/questionsAsked.ts';
import { clusterQuestions, sharedWords } from './clusterQuestions.ts';
import type { Gap } from './Gap.ts';

const DAY_MS = 86_400_000;
const MOST_QUESTIONS = 2000;
const MOST_CHARACTERS = 300;
const EXAMPLES = 3;
const TOPIC_WORDS = 4;
const MIGHT_KNOW = 3;
const TRACES = 20;

/**
 * What the knowledge room is asked for. An implementation owes: `near` gives only what the reader may read at this
 * moment; `vectors` are of length 1, one for each text.
 */
export interface Likeness {
  words(text: string): readonly string[];
  vectors(texts: readonly string[]): Promise<readonly Float32Array[]>;
  near(
    question: string,
    reader: ServedReader,
  ): Promise<readonly { readonly spaceId: string; readonly personIds: readonly string[]; readonly score: number }[]>;
}

/** What people ask and nothing answers, as one reader may know of it: the most asked first. */
export type FindGaps = (reader: ServedReader, limit: number) => Promise<Gap[]>;

export function createGaps(deps: {
  readonly asked: QuestionsAsked;
  /** Whether the reader may know what was asked there. */
  readonly mayKnow: (reader: ServedReader) => (askedIn: ServedReader) => boolean;
  readonly likeness: Likeness;
  readonly names: Names;
  /** Asked within so many days, by so many people at least. */
  readonly settings: { readonly days: number; readonly people: number };
  readonly now: Clock;
}): FindGaps {
  const { likeness, names } = deps;

  async function mightKnow(question: string, reader: ServedReader): Promise<Gap['mightKnow']> {
    const wrote = new Map<string, { spaceId: string; personId: string; weight: number }>();
    for (const { spaceId, personIds, score } of await likeness.near(question, reader)) {
      for (const personId of new Set(personIds)) {
        const key = `${spaceId} ${personId}`;
        wrote.set(key, { spaceId, personId, weight: (wrote.get(key)?.weight ?? 0) + score });
      }
    }
    const most = [...wrote.values()].sort((a, b) => b.weight - a.weight || (a.personId < b.personId ? -1 : 1));
    return most.slice(0, MIGHT_KNOW).flatMap(({ spaceId, personId }) => {
      const name = names.people(spaceId, [personId]).get(personId);
      return name === undefined ? [] : [{ personId, name }];
    });
  }

  function gapOf(members: readonly AskedQuestion[]): Omit<Gap, 'mightKnow'> {
    const texts = [...new Set(members.map(({ text }) => shown(text)))];
    return {
      question: texts[0] ?? '',
      topic: sharedWords(
        members.map(({ text }) => likeness.words(text)),
        TOPIC_WORDS,
      ).join(' '),
      people: new Set(members.map(({ askedBy }) => askedBy)).size,
      questions: members.length,
      unanswered: members.filter(({ why }) => why === 'unanswered').length,
      lastAskedMs: Math.max(...members.map(({ askedMs }) => askedMs)),
      examples: texts.slice(0, EXAMPLES),
      traceIds: members.slice(0, TRACES).map(({ answerId }) => answerId),
    };
  }

  return async (reader, limit) => {
    const mayKnow = deps.mayKnow(reader);
    const sinceMs = deps.now() - deps.settings.days * DAY_MS;
    // Only then grouped: a question that the reader may not know of must not even be counted.
    const asked = deps.asked(sinceMs, MOST_QUESTIONS).filter((question) => mayKnow(question.reader));
    const texts = asked.map(({ text }) => shown(text));
    const vectors = await likeness.vectors(texts);
    const words = texts.map((text, i) => ({ words: likeness.words(text), vector: vectors[i] ?? new Float32Array() }));
    const gaps = clusterQuestions(words)
      .map((members) => gapOf(members.map((at) => asked[at] as AskedQuestion)))
      .filter(({ people }) => people >= deps.settings.people)
      .sort((a, b) => b.people - a.people || b.questions - a.questions || b.lastAskedMs - a.lastAskedMs)
      .slice(0, limit);
    return Promise.all(gaps.map(async (gap) => ({ ...gap, mightKnow: await mightKnow(gap.question, reader) })));
  };
}

/** In one line, not for ever long. */
function shown(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…` : line;
}
