import { sha256 } from '../../base/hash.ts';

/** Where a question was asked, and which version of it. */
export interface QuestionParts {
  readonly teamId: string;
  readonly channelId: string;
  /** The ts of the thread's root: of the question itself, if it began one. */
  readonly threadTs: string;
  readonly ts: string;
  /** When it was edited last, if it was. */
  readonly editedTs?: string;
}

const QUESTION = /^slack:([A-Z0-9]+):([A-Z0-9]+):(\d{1,10}\.\d{6}):(\d{1,10}\.\d{6})(?:#(\d{1,10}\.\d{6}))?$/;

/**
 * The id of a question that is a message: Slack's own names for it, so that every event that tells of it is the same
 * question, and its thread is found on the platform from the id alone. An edited question is another one in its place.
 */
export function questionId({ teamId, channelId, threadTs, ts, editedTs }: QuestionParts): string {
  return `slack:${teamId}:${channelId}:${threadTs}:${ts}${editedTs ? `#${editedTs}` : ''}`;
}

/** The parts of an id made by `questionId`; undefined for one that is no message (a slash command's). */
export function readQuestionId(id: string): QuestionParts | undefined {
  const [, teamId, channelId, threadTs, ts, editedTs] = QUESTION.exec(id) ?? [];
  if (!teamId || !channelId || !threadTs || !ts) return undefined;
  return { teamId, channelId, threadTs, ts, ...(editedTs ? { editedTs } : {}) };
}

/** The same for every version of a question: they share one answer in one place. */
export function unedited(id: string): string {
  return id.split('#')[0] as string;
}

/** The id of a question that only its asker sees, made from Slack's own name for what they did. */
export function privateQuestionId(teamId: string, name: string): string {
  return `slack:${teamId}:private:${sha256(name).slice(0, 32)}`;
}

/**
 * The thread of such a question is its own: what was asked and answered in private must never become the history of
 * what is asked where others read.
 */
export function privateThread(id: string, threadTs: string | undefined): string {
  return `private ${threadTs ?? '-'} ${id}`;
}

/** Where on the platform a private answer is shown, if in a thread. */
export function readPrivateThread(threadId: string): string | undefined {
  return /^private (\d{1,10}\.\d{6}) /.exec(threadId)?.[1];
}
