import { COMMON_WORDS } from '../../words.ts';

/** What Backscroll says in Slack besides its answers, in one place. */
export const WORDS = {
  ...COMMON_WORDS,
  readingTask: 'Reading the backscroll',
  status: 'is reading the backscroll …',
  loading: [
    'Reading the backscroll …',
    'Looking through the threads …',
    'Checking the documents …',
    'Writing it down …',
  ],
  promptsTitle: 'Ask me what was said and written here:',
  gapsTitle: 'What people ask and nothing answers',
  noGaps: 'Nothing at the moment, as far as you may know.',
  cannotTell:
    'Slack does not tell me right now who can read along here, so I will not answer: it might not be meant for everybody. Please ask again in a minute.',
  allWell: 'Nothing, as far as you may know.',
  troublesTitle: 'What is wrong right now',
  help: [
    '*Ask me about what was said and written here.*',
    '• Mention me in a channel or thread, write to me directly, or: `/backscroll ask how do I …`',
    '• `/backscroll status`: how much I know, and how fresh it is',
    '• `/backscroll sources`: what I may use for you',
    '• `/backscroll forget-me`: leave out what you say, from now on and backwards',
    '• On any message: *More actions › Ask Backscroll about this*',
    'In a channel I use only what everybody in it may read; here and in direct messages what you may read. 👍 and 👎 under an answer make the next ones better.',
  ].join('\n'),
} as const;
