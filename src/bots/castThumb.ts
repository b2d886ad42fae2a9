import type { Ballot, Feedback } from '../feedback/Feedback.ts';
import { isMissing } from './isMissing.ts';

/**
 * A thumb put on an answer, or taken away again, as a reaction.
 * @returns what it came to: undefined when the answer is gone, or when a vote the other way stands since
 */
export async function castThumb(
  feedback: Feedback,
  ballot: Ballot,
  { vote, isAdded }: { readonly vote: 'up' | 'down'; readonly isAdded: boolean },
): Promise<'up' | 'down' | 'withdrawn' | undefined> {
  try {
    if (!isAdded && (await feedback.present(ballot.answerId, ballot.personId)).vote !== vote) return undefined;
    const value = isAdded ? vote : 'withdrawn';
    await feedback.vote(ballot, value);
    return value;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
