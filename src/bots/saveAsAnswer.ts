import { BackscrollError } from '../base/BackscrollError.ts';
import type { Ballot, Feedback } from '../feedback/Feedback.ts';
import type { Answers } from '../store/answers.ts';
import { COMMON_WORDS } from './words.ts';

/** A good reply of a person in a thread that the bot answered in. */
export interface SavedReply {
  readonly platform: string;
  readonly channelId: string;
  readonly threadId: string;
  readonly atMs: number;
  readonly text: string;
}

/** The last answer in a thread before a message: what the message puts right. */
async function answerBefore(answers: Answers, { platform, channelId, threadId, atMs }: SavedReply) {
  const thread = await answers.thread(platform, channelId, threadId);
  const answered = thread.filter(({ answer }) => answer !== undefined);
  return (answered.findLast(({ question }) => question.askedMs <= atMs) ?? answered.at(-1))?.answer?.id;
}

/**
 * "Save as answer": what somebody wrote becomes what the bot should have said.
 * @returns what to tell who saved it; it is on disk then
 */
export async function saveAsAnswer(
  deps: { readonly answers: Answers; readonly feedback: Feedback; readonly isCurator: boolean },
  reply: SavedReply,
  ballot: (answerId: string) => Ballot,
): Promise<string> {
  if (!deps.isCurator) return COMMON_WORDS.notACurator;
  if (reply.text === '') return COMMON_WORDS.nothingToSave;
  const answerId = await answerBefore(deps.answers, reply);
  if (answerId === undefined) return COMMON_WORDS.noAnswerHere;
  try {
    await deps.feedback.correct(ballot(answerId), reply.text);
  } catch (error) {
    if (!(error instanceof BackscrollError) || error.code !== 'input') throw error;
    return error.message;
  }
  return COMMON_WORDS.savedAsAnswer;
}
