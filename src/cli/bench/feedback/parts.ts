/** What `bench feedback` measures, each by itself. */
export const FEEDBACK_PARTS = ['replay', 'record', 'fold', 'export'] as const;
export type FeedbackPart = (typeof FEEDBACK_PARTS)[number];
