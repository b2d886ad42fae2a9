import { storePrints } from '../../../feedback/datasets/alike/storePrints.ts';
import { CHECK_VERSION } from '../../../feedback/redact/createCheckText.ts';
import type { ImportedVote } from '../../../store/importedVotes.ts';
import type { Store } from '../../../store/store.ts';

const AT_ONCE = 1000;
const WORDS = 4000;
const VOTERS = 3000;
const EACH = 3;
/** One of so many answers is nearly the one before. */
const NEAR_EVERY = 10;
const ANSWERS_A_QUESTION = 3;

/** Numbers that look random and are the same in every run (mulberry32). */
function createDice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Rated answers in words that mean nothing: three voters each who agree, three answers a question, one of ten nearly a
 * copy. What is found in a text once, when it is written, is written with it.
 */
export async function fillVotes(store: Store, answers: number): Promise<void> {
  const dice = createDice(1);
  const word = () => WORD[dice(WORDS)] as string;
  const WORD = Array.from(
    { length: WORDS },
    (_, i) => `${'bcdfghklmnprst'[i % 14]}${'aeiou'[i % 5]}${i.toString(36)}${'aeiou'[(i >> 3) % 5]}`,
  );
  const words = (count: number) => Array.from({ length: count }, word);
  const text = (said: readonly string[]) => ({
    text: said.join(' '),
    check: { version: CHECK_VERSION, tokens: Math.round(said.length * 2.5), findings: '[]' },
  });
  let question = words(12);
  let passage = words(110);
  let last: string[] = [];
  for (let from = 0; from < answers; from += AT_ONCE) {
    const votes: ImportedVote[] = [];
    for (let i = from; i < Math.min(answers, from + AT_ONCE); i++) {
      if (i % ANSWERS_A_QUESTION === 0) [question, passage] = [words(12), words(110)];
      const isNear = i % NEAR_EVERY === NEAR_EVERY - 1 && i % ANSWERS_A_QUESTION !== 0;
      const said = isNear ? last.with(dice(last.length), word()) : words(70);
      last = said;
      const answerId = `answer-${i.toString(36).padStart(6, '0')}`;
      const atMs = 1_700_000_000_000 + i * 60_000;
      const isUp = isNear || dice(5) > 0;
      votes.push({
        ...{ answerId, spaceId: 'import:bench', mayTrain: true, atMs, model: 'bench' },
        ...{ question: text(question), answer: text(said), passages: [text(passage)] },
        events: Array.from({ length: EACH }, (_, vote) => ({
          eventId: `event-${i}-${vote}`,
          ...{ answerId, atMs, kind: isUp ? ('up' as const) : ('down' as const) },
          voter: `voter-${(dice(VOTERS / EACH) * EACH + vote).toString(36)}`,
        })),
      });
    }
    store.importedVotes.put(votes);
    storePrints(
      store.fingerprints,
      votes.map(({ answerId, question: asked, answer }) => ({
        ...{ answerId, question: asked.text, answer: answer.text },
      })),
    );
    await new Promise((resolve) => setImmediate(resolve));
  }
  store.feedbackFold.fold();
}
