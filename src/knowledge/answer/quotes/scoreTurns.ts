import { coverage } from '../asked.ts';
import { hasForm } from './expected.ts';
import { matterOf, type ReadTurn, readTurns } from './matter.ts';
import type { Sought } from './Quoted.ts';
import { isSettling } from './replyCues.ts';
import { substanceOf } from './substance.ts';
import type { SpokenTurn } from './turns.ts';
import { isUpdateOf } from './update.ts';

export interface ScoredTurn extends ReadTurn {
  /** How well it answers, 0 to about 2. */
  readonly value: number;
  /** True for what the person says whose question the conversation is about. */
  readonly isAsker: boolean;
}

export interface ScoredTurns {
  readonly turns: readonly ScoredTurn[];
  /** What the turn is about that others reply to. */
  readonly matter: ReadonlySet<string>;
}

/** What a reply says itself, and that it replies to the question. */
const WEIGHT = { own: 0.35, matter: 0.65 } as const;
/** How much the question of the very best conversation is taken to be the one that is asked, in whatever words. */
const TRUST = 0.5;
const FACTOR = {
  /** What somebody tells who asks: where it happened, what was tried. */
  asking: 0.35,
  /** Replies to an opening that does not ask: it may say all there is to say. */
  opening: 0.75,
  /** The one who asked, coming back: also with the solution. */
  asker: 0.6,
  echo: 0.3,
  /** A number for "how many", a cause for "why". */
  formed: 1.15,
  settled: 1.25,
  /** What the one who asked came back from before something else worked. */
  tried: 0.5,
  outdated: 0.5,
} as const;
/** Each turn, and each further question of the one who asked, leads away from what was asked first. */
const DECAY = { turn: 0.93, question: 0.6 } as const;
/** How many turns ahead somebody may say that it works now. */
const SETTLING_TURNS = 3;

/**
 * How well each turn of a conversation answers a question. A turn that asks the same is no answer, but those after it
 * are, also in other words: the sooner, the more they say, and the more so if the one who asked says that it works.
 * @param strength how good the passage is among the others, 0 to 1: the best one is about the question also where it
 *   says so in other words
 */
export function scoreTurns(turns: readonly SpokenTurn[], sought: Sought, strength: number): ScoredTurns {
  const { asked, language, form } = sought;
  const read = readTurns(turns, asked, language);
  const matterAt = matterOf(read);
  const matter = matterAt === undefined ? undefined : read[matterAt];
  const wanted = new Set(asked.map(({ token }) => token));
  let nearness = matter?.asks ? 1 : FACTOR.opening;
  const scored = read.map((said, at): ScoredTurn => {
    const isMatter = said === matter;
    const isAsker = matter !== undefined && !isMatter && said.turn.who === matter.turn.who;
    const isEcho = said.statedWords.size > 0 && [...said.statedWords].every((token) => wanted.has(token));
    const own = coverage(asked, said.statedWords) * (isEcho ? FACTOR.echo : 1);
    let related = own * (isMatter && said.asks ? FACTOR.asking : 1);
    if (matterAt !== undefined && matter !== undefined && at > matterAt) {
      const about = coverage(asked, new Set([...matter.words, ...said.statedWords]));
      const reply = Math.max(about, matter.asks ? TRUST * strength ** 3 : 0) * nearness;
      const stated = matter.asks ? own * (1 + nearness) * 0.5 : own;
      related = Math.max(stated, WEIGHT.own * own + WEIGHT.matter * reply * (isAsker ? FACTOR.asker : 1));
      nearness *= said.asks && isAsker ? DECAY.question : DECAY.turn;
    }
    const formed = form !== undefined && hasForm(said.stated, form) ? FACTOR.formed : 1;
    const value = said.turn.isContext ? 0 : related * substanceOf(said.turn.units) * formed;
    return { ...said, isAsker, value };
  });
  return {
    turns: scored.map((said, at) => ({ ...said, value: said.value * fate(scored, at) })),
    matter: matter?.words ?? new Set(),
  };
}

/** What is said later makes what was said before true or outdated. */
function fate(scored: readonly ScoredTurn[], at: number): number {
  const said = scored[at] as ScoredTurn;
  const later = scored.slice(at + 1);
  if (later.some((other) => isUpdateOf(other.statedWords, said.statedWords))) return FACTOR.outdated;
  const settling = later.findIndex(({ isAsker, stated, asks }) => isAsker && !asks && isSettling(stated));
  if (settling < 0 || said.isAsker) return 1;
  const between = later.slice(0, settling);
  if (between.some(({ isAsker, value }, i) => isAsker && between.slice(i + 1).some((other) => other.value > value))) {
    return FACTOR.tried;
  }
  const isNext = settling < SETTLING_TURNS && between.every(({ value }) => value < said.value);
  return isNext ? FACTOR.settled : 1;
}
