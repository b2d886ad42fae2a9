import type { Message } from '../Message.ts';
import { modeOf, scoreBeginning, scoreLink } from './clues.ts';
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
 * No model, no clock, no statistics from outside the window; some hundredths of a millisecond a message.
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
      const weights = CLUE_WEIGHTS[mode];
      const beginning = scoreBeginning(scene, BEGINNING_WEIGHTS[mode]);
      let best = 0;
      let bestScore = Number.NEGATIVE_INFINITY;
      let odds = 0;
      for (let index = 0; index < before.length; index += 1) {
        const score = scoreLink(scene, index, shared[index] as number, weights);
        odds += Math.exp(score - beginning);
        if (score < bestScore) continue;
        best = index;
        bestScore = score;
      }
      return odds > 1 ? before[best]?.id : undefined;
    },
  };
}
