import { type Asked, coverage } from './asked.ts';
import { asks } from './asks.ts';
import { contentSet } from './content.ts';
import { isSettling } from './replyCues.ts';
import { substanceOf } from './substance.ts';
import type { SpokenTurn } from './turns.ts';
import { isUpdateOf } from './update.ts';

export interface ScoredTurn {
  readonly turn: SpokenTurn;
  /** How well it answers, 0 to about 1.5. */
  readonly value: number;
  readonly asks: boolean;
  /** True for what the person says whose question the conversation is about. */
  readonly isAsker: boolean;
  /** What it says apart from questions. */
  readonly stated: string;
}

export interface ScoredTurns {
  readonly turns: readonly ScoredTurn[];
  /** What the turn is about that others reply to. */
  readonly matter: ReadonlySet<string>;
}

interface Read {
  readonly turn: SpokenTurn;
  readonly words: ReadonlySet<string>;
  readonly stated: string;
  readonly statedWords: ReadonlySet<string>;
  readonly asks: boolean;
  readonly share: number;
}

/** A question that shares less than this with what is asked now is another one. */
const MIN_MATTER = 0.25;
/** What a reply says itself, and that it replies to the question. */
const WEIGHT = { own: 0.35, matter: 0.65 } as const;
/** Replies to an opening that does not ask: it may say all there is to say. */
const OPENING_FACTOR = 0.75;
const DECAY = { turn: 0.93, question: 0.6 } as const;
const ASKER_FACTOR = 0.6;
const ECHO_FACTOR = 0.3;
const SETTLED_FACTOR = 1.25;
const OUTDATED_FACTOR = 0.5;
/** How many turns ahead somebody may say that it works now. */
const SETTLING_TURNS = 3;

/**
 * How well each turn of a conversation answers a question. A turn that asks the same is no answer, but those after it
 * are, also in other words: the sooner, the more they say, and the more so if the one who asked says that it works.
 */
export function scoreTurns(turns: readonly SpokenTurn[], asked: readonly Asked[], language: string): ScoredTurns {
  const read = turns.map((turn) => readTurn(turn, asked, language));
  const matterAt = findMatter(read);
  const matter = read[matterAt];
  const wanted = new Set(asked.map(({ token }) => token));
  let nearness = matter === undefined ? 0 : matter.asks ? 1 : OPENING_FACTOR;
  const scored = read.map((said, i): ScoredTurn & { read: Read } => {
    const isAsker = matter !== undefined && i !== matterAt && said.turn.who === matter.turn.who;
    const own = coverage(asked, said.statedWords) * echoFactor(said.statedWords, wanted);
    let related = own;
    if (matter !== undefined && i > matterAt) {
      const reply = coverage(asked, union(matter.words, said.statedWords)) * nearness;
      related = Math.max(own, WEIGHT.own * own + WEIGHT.matter * (isAsker ? ASKER_FACTOR : 1) * reply);
      nearness *= said.asks && isAsker ? DECAY.question : DECAY.turn;
    }
    const value = said.turn.isContext ? 0 : related * substanceOf(said.turn.units);
    return { turn: said.turn, value, asks: said.asks, isAsker, stated: said.stated, read: said };
  });
  const settled = scored.map((said, i) => {
    const isOutdated = scored.slice(i + 1).some((later) => isUpdateOf(later.read.statedWords, said.read.statedWords));
    return { ...said, value: said.value * (isOutdated ? OUTDATED_FACTOR : 1) * (isSettled(scored, i) ? SETTLED_FACTOR : 1) };
  });
  return { turns: settled, matter: matter?.words ?? new Set() };
}

function readTurn(turn: SpokenTurn, asked: readonly Asked[], language: string): Read {
  const words = contentSet(turn.units.map((unit) => unit.text).join(''), language);
  const stated = turn.units
    .filter((unit) => !asks(unit))
    .map((unit) => unit.text)
    .join('');
  return {
    turn,
    words,
    stated: stated.trim(),
    statedWords: contentSet(stated, language),
    asks: turn.units.some(asks),
    share: coverage(asked, words),
  };
}

/** The turn that others reply to: the one that asks what is asked now, or the opening. -1 if there is none. */
function findMatter(read: readonly Read[]): number {
  let best = -1;
  read.forEach((said, i) => {
    const mayBe = said.asks || i === 0;
    if (mayBe && said.share >= MIN_MATTER && said.share > (read[best]?.share ?? 0)) best = i;
  });
  return best;
}

function echoFactor(words: ReadonlySet<string>, wanted: ReadonlySet<string>): number {
  return words.size > 0 && [...words].every((token) => wanted.has(token)) ? ECHO_FACTOR : 1;
}

/** The one who asked says that it works now, and nobody has said anything of weight in between. */
function isSettled(scored: readonly ScoredTurn[], at: number): boolean {
  const ahead = scored.slice(at + 1, at + 1 + SETTLING_TURNS);
  const found = ahead.findIndex(({ isAsker, stated }) => isAsker && isSettling(stated));
  const value = scored[at]?.value ?? 0;
  return found >= 0 && !scored[at]?.isAsker && ahead.slice(0, found).every((between) => between.value < value);
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}
