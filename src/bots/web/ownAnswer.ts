import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Answers } from '../../store/answers.ts';

export type FoundAnswer = NonNullable<Awaited<ReturnType<Answers['find']>>>;

/**
 * Finds answers for the person who asked for them. Throws BackscrollError `not-found` for one that does not exist and,
 * with the same words, for one that was made for somebody else.
 */
export type OwnAnswer = (personId: string, answerId: string) => Promise<FoundAnswer>;

export function createOwnAnswer(answers: Pick<Answers, 'find'>): OwnAnswer {
  return async (personId, answerId) => {
    const found = await answers.find(answerId);
    if (found?.question.platform === 'web' && found.question.personId === personId) return found;
    throw new BackscrollError('not-found', 'There is no such answer.');
  };
}
