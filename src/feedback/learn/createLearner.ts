import type { Clock } from '../../base/Clock.ts';
import type { Log } from '../../base/log.ts';
import { type AnswerToLearn, LEARNED_KEY, type Learning } from '../../store/learning.ts';
import type { TextChecking } from '../record/createTextChecking.ts';
import { homeOf, type LessonRules, lessonOf } from './Lesson.ts';
import type { LessonIndex } from './LessonIndex.ts';

const AT_ONCE = 50;

/** Lets whoever asks a question meanwhile have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Brings the index to what people say of answers, in the background, one answer after the other. */
export interface Learner {
  /** Says that there may be work. */
  wake(): void;
  /** Resolves when nothing is owed (or cannot be done now: it is remembered). */
  idle(): Promise<void>;
  /** No new work is begun; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/**
 * What is owed lies in the database, written with the vote itself, and an answer about which anything is owed is not used
 * meanwhile: a process that is killed at any moment goes on at the next start, and serves nothing that was withdrawn.
 */
export function createLearner(deps: {
  readonly learning: Learning;
  readonly index: LessonIndex;
  readonly checking: TextChecking;
  readonly rules: LessonRules;
  readonly log: Log;
  readonly now: Clock;
}): Learner {
  const { learning, index, checking, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function settle(owed: { answerId: string; mark: number }): Promise<void> {
    const { answerId } = owed;
    await checking.answers([answerId]);
    const answer = learning.find(answerId);
    const lesson = answer && lessonOf(answer, deps.rules);
    const home = answer?.reader && lesson && homeOf(answer.reader, answer.passages);
    const place = home && (await index.source(home));
    if (!answer || !lesson || !place) {
      if (answer) await withdraw(answer);
      return learning.settled(owed, { forget: true });
    }
    const key = `${LEARNED_KEY}${answerId}`;
    if (answer.learned && answer.learned.sourceId !== place.sourceId) await withdraw(answer);
    // Written down first: without this row nobody reads the document, whatever the index holds.
    learning.learn({
      ...{ answerId, kind: lesson.kind, ...place, key, atMs: deps.now() },
      passageIds: (lesson.kind === 'confirmed' ? answer.passages.filter(({ cited }) => cited) : answer.passages).map(
        ({ id }) => id,
      ),
    });
    const { questionId, language } = answer;
    const evidence = answer.passages.map(({ text, url }) => ({ text, url }));
    await index.put(place.sourceId, { ...lesson, answerId, questionId, language, key, evidence });
    learning.settled(owed, { forget: false });
  }

  async function withdraw({ learned, erased }: AnswerToLearn): Promise<void> {
    if (learned) await index.withdraw(learned.sourceId, learned.key, { erase: erased });
  }

  async function work(): Promise<void> {
    const failed = new Set<string>();
    while (!stopped) {
      const owed = learning.owed(AT_ONCE + failed.size).filter(({ answerId }) => !failed.has(answerId));
      if (owed.length === 0) return;
      for (const one of owed) {
        if (stopped) return;
        await breathe();
        try {
          await settle(one);
        } catch (error) {
          failed.add(one.answerId);
          log.warn(
            { err: error, answerId: one.answerId },
            'what people said of an answer is not in the index yet; it is tried again',
          );
        }
      }
    }
  }

  function wake(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = work()
      .catch((error) => log.warn({ err: error }, 'what people said of answers is not in the index yet'))
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          wake();
        }
      });
  }

  return {
    wake,
    async idle() {
      wake();
      while (running) await running;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
