import type { AnswerRange } from '../../src/store/preferenceRows.ts';

/** All answers there are. */
export const EVERY_ANSWER: AnswerRange = { firstId: '', lastId: '\u{10ffff}' };
