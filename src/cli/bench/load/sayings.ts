import type { SegmentMessage } from '../segmentMessages.ts';

/** What somebody said, and how long after what stands before it in its channel. */
export interface Saying {
  readonly user: string;
  readonly text: string;
  readonly gapUs: number;
}

/** A night between two days of the data would make every channel a year long. */
const MAX_GAP_US = 3_600_000_000;

/** The messages of all channels of the data behind one another, each channel in its own order. */
export function sayingsOf(channels: Iterable<readonly SegmentMessage[]>): Saying[] {
  const sayings: Saying[] = [];
  for (const channel of channels) {
    let lastUs: number | undefined;
    for (const { user, message } of channel) {
      const gapUs = lastUs === undefined ? MAX_GAP_US : Math.min(MAX_GAP_US, Math.max(0, message.atUs - lastUs));
      lastUs = message.atUs;
      sayings.push({ user, text: message.text, gapUs });
    }
  }
  return sayings;
}

const QUESTION_WORDS = { least: 6, most: 30 } as const;

/** Questions that people really asked there, at most `limit`, spread evenly over what is given. */
export function questionsOf(sayings: readonly Saying[], limit: number): string[] {
  const all = new Set<string>();
  for (const { text } of sayings) {
    const said = text.replace(/^\S{2,30}[:,]\s+/, '').trim();
    const words = said.split(/\s+/).length;
    if (said.endsWith('?') && words >= QUESTION_WORDS.least && words <= QUESTION_WORDS.most) all.add(said);
  }
  const questions = [...all];
  const step = Math.max(1, questions.length / limit);
  return Array.from({ length: Math.min(limit, questions.length) }, (_, i) => questions[Math.floor(i * step)] as string);
}
