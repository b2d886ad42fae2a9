import type { CheckOfText, FeedbackEvent } from './feedbackEvents.ts';

export interface ImportedText {
  readonly text: string;
  readonly check: CheckOfText;
}

/** One line of an imported file: an answer from elsewhere, and what somebody said of it. */
export interface ImportedVote {
  readonly answerId: string;
  readonly spaceId: string;
  readonly question: ImportedText;
  readonly answer: ImportedText;
  readonly passages: readonly (ImportedText & { readonly url?: string })[];
  readonly model?: string;
  /** Leave to train on it, given or taken back; undefined leaves it as it is, which is no leave for a new answer. */
  readonly mayTrain?: boolean;
  readonly atMs: number;
  readonly events: readonly (FeedbackEvent & { readonly check?: CheckOfText })[];
}

/** The question of an imported answer, which nobody else's answer has. */
export const importedQuestionId = (answerId: string) => `question-${answerId}`;
