import type { Message } from '../Message.ts';
import { type Beginnings, beginningsOf, type Clues, cluesFor, modeOf } from './clues.ts';
import type { Linker } from './Linker.ts';
import { setScene } from './scene.ts';
import { sharedWords } from './sharedWords.ts';
import { readUtterance, type Utterance } from './utterance.ts';
import { BEGINNING_WEIGHTS, CLUE_WEIGHTS } from './weights.ts';

const WINDOW_MESSAGES = 100;
const WINDOW_US = 24 * 60 * 60 * 1_000_000;

/**
 * The built-in rule: who speaks to whom, when, about what. Every earlier message of the window gets a score, the weighted
 * sum of its clues; so does "begins a conversation". The message begins one if that is likelier than all links together
 * (the scores are logarithms of odds), otherwise it goes on from the best earlier message, of equals the latest.
 * No model, no clock, no statistics from outside the window; a few tenths of a millisecond a message.
 */
export function createReplyLinker(): Linker {
  // Windows overlap by all but one message: what a message shows by itself is read once.
  const utterances = new WeakMap<Message, Utterance>();
  const read = (message: Message): Utterance => {
    let said = utterances.get(message);
    if (!said) {
      said = readUtterance(message);
      utterances.set(message, said);
    }
    return said;
  };

  return {
    id: 'reply-1',
    windowMessages: WINDOW_MESSAGES,
    windowUs: WINDOW_US,
    antecedent(message, before) {
      if (before.length === 0) return undefined;
      const scene = setScene([...before, message], read);
      const mode = modeOf(scene);
      const shared = sharedWords(scene.turns);
      const beginning = total(BEGINNING_WEIGHTS[mode], beginningsOf(scene));
      let best = 0;
      let bestScore = Number.NEGATIVE_INFINITY;
      let odds = 0;
      for (let index = 0; index < before.length; index += 1) {
        const score = total(CLUE_WEIGHTS[mode], cluesFor(scene, index, shared[index] as number));
        odds += Math.exp(score - beginning);
        if (score < bestScore) continue;
        best = index;
        bestScore = score;
      }
      return odds > 1 ? before[best]?.id : undefined;
    },
  };
}

/** The weights list the clues in the order in which they are computed; a test holds them together. */
function total(weights: Float64Array, clues: Clues | Beginnings): number {
  const values = Object.values(clues);
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (weights[at] as number) * (values[at] as number);
  return sum;
}
