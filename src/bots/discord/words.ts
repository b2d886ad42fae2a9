import { COMMON_WORDS } from '../words.ts';

/** What Backscroll says in Discord besides its answers, in one place. */
export const WORDS = {
  ...COMMON_WORDS,
  should: 'What should it have said?',
  shouldHint: 'The answer that would have helped you',
  votedDownModal: 'Noted: 👎 What should it be?',
  cannotTell:
    'Discord does not tell me right now who can read along here, so I will not answer: it might not be meant for everybody. Please ask again in a minute.',
  whichServer: 'Which of our servers do you mean?',
  noServer: 'We share no server that I could answer you from.',
  help: [
    '**Ask me about what was said and written here.**',
    '- `/ask question:How do I …` asks; `private:True` shows the answer to you alone, `source:` asks one channel or folder only',
    '- Or mention me, reply to me, or write to me directly',
    '- On any message: *Apps › Ask about this*',
    '- `/backscroll status`: how much I know, and how fresh it is',
    '- `/backscroll sources`: what I may use for you',
    '- `/backscroll forget-me`: your words are left out, and those kept are erased',
    'In a channel I use only what everybody in it may read; in private what you may read. 👍 and 👎 under an answer make the next ones better.',
  ].join('\n'),
} as const;
