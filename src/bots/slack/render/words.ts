/** What Backscroll says in Slack besides its answers, in one place. */
export const WORDS = {
  reading: 'Reading the backscroll …',
  readingTask: 'Reading the backscroll',
  status: 'is reading the backscroll …',
  loading: [
    'Reading the backscroll …',
    'Looking through the threads …',
    'Checking the documents …',
    'Writing it down …',
  ],
  good: 'Good answer',
  bad: 'Bad answer',
  goodLabel: 'This answer helped',
  badLabel: 'This answer was wrong or did not help',
  promptsTitle: 'Ask me what was said and written here:',
  votedUp: 'Noted: 👍 Thank you.',
  votedDown: 'Noted: 👎 Thank you.',
  votedDownAsk: 'Noted: 👎 What was wrong with it?',
  withdrawn: 'Your vote is taken back.',
  tellMore: 'Say what was wrong',
  corrected: 'Thank you. Your correction is kept, and counts from now on.',
  reasonKept: 'Thank you. That helps.',
  noAnswerHere: 'There is no answer of mine in this thread that this could correct.',
  notACurator: 'Saving answers is for the people whom the operator of Backscroll named.',
  nothingToSave: 'There is no text in this message to save.',
  savedAsAnswer: 'Saved. This is what I should have said, and it counts from now on.',
  nothingToAsk: 'There is no text in this message to ask about.',
  gone: 'This answer is not here any more.',
  troubled: 'That did not work just now. Please try again in a moment.',
  cannotTell:
    'Slack does not tell me right now who can read along here, so I will not answer: it might not be meant for everybody. Please ask again in a minute.',
  help: [
    '*Ask me about what was said and written here.*',
    '• Mention me in a channel or thread, write to me directly, or: `/backscroll ask how do I …`',
    '• `/backscroll status`: how much I know, and how fresh it is',
    '• `/backscroll sources`: what I may use for you',
    '• On any message: *More actions › Ask Backscroll about this*',
    'In a channel I use only what everybody in it may read; here and in direct messages what you may read. 👍 and 👎 under an answer make the next ones better.',
  ].join('\n'),
} as const;

/** Why an answer was bad, for the one who says so; the keys are stored. */
export const REASONS = {
  'wrong-sources': 'It used the wrong sources',
  'out-of-date': 'It is out of date',
  incomplete: 'It is incomplete',
  wrong: 'It is wrong',
  other: 'Something else',
} as const;

export type Reason = keyof typeof REASONS;
