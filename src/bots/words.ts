import type { Reason } from '../feedback/Feedback.ts';

/** What Backscroll says besides its answers on every platform, in one place. */
export const COMMON_WORDS = {
  reading: 'Reading the backscroll …',
  good: 'Good answer',
  bad: 'Bad answer',
  goodLabel: 'This answer helped',
  badLabel: 'This answer was wrong or did not help',
  votedUp: 'Noted: 👍 Thank you.',
  votedDown: 'Noted: 👎 Thank you.',
  votedDownAsk: 'Noted: 👎 What was wrong with it?',
  withdrawn: 'Your vote is taken back.',
  tellMore: 'Say what was wrong',
  corrected: 'Thank you. Your correction is kept, and counts from now on.',
  reasonKept: 'Thank you. That helps.',
  notACurator: 'Saving answers is for the people whom the operator of Backscroll named.',
  nothingToSave: 'There is no text in this message to save.',
  savedAsAnswer: 'Saved. This is what I should have said, and it counts from now on.',
  noAnswerHere: 'There is no answer of mine in this thread that this could correct.',
  nothingToAsk: 'There is no text in this message to ask about.',
  forgotten:
    'Noted: you are being forgotten here. What you say from now on is left out, and what is kept of it is being erased.',
  gone: 'This answer is not here any more.',
  troubled: 'That did not work just now. Please try again in a moment.',
} as const;

/** Why an answer was bad, for the one who says so; the keys are stored. */
export const REASONS = {
  'wrong-sources': 'It used the wrong sources',
  'out-of-date': 'It is out of date',
  incomplete: 'It is incomplete',
  wrong: 'It is wrong',
  other: 'Something else',
} as const satisfies Record<Reason, string>;
