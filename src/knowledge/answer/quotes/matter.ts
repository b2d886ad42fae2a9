import { type Asked, coverage } from '../asked.ts';
import { contentSet } from '../content.ts';
import { asks } from './asks.ts';
import { isCourteous, isNeedy, isSettling } from './replyCues.ts';
import type { SpokenTurn } from './turns.ts';

/** A turn as it is read before it is judged. */
export interface ReadTurn {
  readonly turn: SpokenTurn;
  readonly words: ReadonlySet<string>;
  /** What it says apart from questions. */
  readonly stated: string;
  readonly statedWords: ReadonlySet<string>;
  /** True if it asks, with a question mark or by telling of a trouble. */
  readonly asks: boolean;
  /** Its share of the question, 0 to 1. */
  readonly share: number;
}

/** A turn that shares less than this with the question is taken for what the conversation is about only if it opens it. */
const MIN_SHARE = 0.25;
const MAX_CLOSING_CHARS = 120;

export function readTurns(turns: readonly SpokenTurn[], asked: readonly Asked[], language: string): ReadTurn[] {
  return turns.map((turn, i) => {
    const text = textOf(turn);
    const words = contentSet(text, language);
    const stated = textOf(turn, true);
    return {
      turn,
      words,
      stated: stated.trim(),
      statedWords: stated === text ? words : contentSet(stated, language),
      asks: turn.units.some(asks) || (i === 0 && opensWithTrouble(turns)),
      share: coverage(asked, words),
    };
  });
}

/** The turn that others reply to: the one that asks what is asked now, else the opening; undefined if nothing is said. */
export function matterOf(read: readonly ReadTurn[]): number | undefined {
  let best: number | undefined;
  read.forEach((said, at) => {
    const isCandidate = at === 0 || (said.asks && said.share >= MIN_SHARE);
    if (isCandidate && said.share > (best === undefined ? -1 : (read[best]?.share ?? 0))) best = at;
  });
  return best;
}

/** People tell of a trouble without asking; that they did shows when they say that it works now, or thank. */
function opensWithTrouble(turns: readonly SpokenTurn[]): boolean {
  const [opening, ...later] = turns;
  if (opening === undefined) return false;
  const firstReply = later.findIndex(({ who, isContext }) => who !== opening.who && !isContext);
  if (firstReply < 0) return false;
  if (isNeedy(textOf(opening))) return true;
  return later.slice(firstReply + 1).some((turn) => {
    const text = textOf(turn, true);
    return turn.who === opening.who && text.length <= MAX_CLOSING_CHARS && (isSettling(text) || isCourteous(text));
  });
}

function textOf(turn: SpokenTurn, isStated = false): string {
  return turn.units
    .filter((unit) => !isStated || !asks(unit))
    .map((unit) => unit.text)
    .join('');
}
