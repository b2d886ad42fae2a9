import type { Fingerprints } from '../../store/fingerprints.ts';
import type { Reviews } from '../../store/reviews.ts';
import { wordsWanted } from '../record/createPreferenceRecords.ts';
import type { AnswerWords, PreferenceFacts, PreferenceRecords, TextFacts } from '../record/PreferenceRecords.ts';
import type { Redact } from '../redact/createRedact.ts';
import type { Prints } from './alike/createPrints.ts';
import { printsOf } from './alike/storePrints.ts';
import { createRate, type FoundPrints, type Told } from './curate/createRate.ts';
import { judge } from './curate/judge.ts';
import { type Opinion, opinionOf } from './curate/opinionOf.ts';
import { tellAlone } from './curate/tellAlone.ts';
import type { Policy } from './Policy.ts';
import type { Prompting } from './Prompting.ts';
import type { Doubtful, Rated } from './Rated.ts';
import type { Drops, Reason } from './reasons.ts';

export interface CollectDeps {
  readonly records: PreferenceRecords;
  readonly fingerprints: Fingerprints;
  readonly reviews: Reviews;
  readonly redact: Redact;
  readonly prompting: () => Prompting;
}

export interface Collected {
  readonly rated: readonly Rated[];
  readonly doubtful: readonly Doubtful[];
  /** How many answers people said something about. */
  readonly seen: number;
}

/** What may teach something; `bare`: without its passages. */
interface Candidate {
  readonly facts: PreferenceFacts;
  readonly opinion: Opinion;
  readonly bare: boolean;
}

/**
 * Goes over everything that people said something about, once, without its words: what was found in these when they were
 * written, and by what they are known again, is enough. The few whose words decide are looked at.
 */
export async function collect(
  deps: CollectDeps,
  policy: Policy,
  to: { readonly questions: Prints; readonly completions: Prints; readonly drops: Drops },
  signal: AbortSignal,
): Promise<Collected> {
  const rate = createRate(to, deps.prompting().tokens, policy.operator);
  const rated: Rated[] = [];
  const doubtful: Doubtful[] = [];
  let seen = 0;

  /** @returns the candidate, or why it is left out */
  function consider(facts: PreferenceFacts, decision: Parameters<typeof opinionOf>[2]): Candidate | Reason {
    const { bar, withoutPassages } = judge(facts, policy);
    if (bar) return bar;
    if (facts.served.historyTurns > 0) return 'follow-up';
    const opinion = opinionOf(facts, policy.operator, decision);
    if (opinion.drop) return opinion.drop;
    if (!opinion.doubt) return { facts, opinion, bare: withoutPassages };
    const { answerId, askedMs } = facts;
    doubtful.push({ answerId, askedMs, doubt: opinion.doubt, up: opinion.up.length, down: opinion.down.length });
    return 'in-review';
  }

  /** Keeps what a candidate teaches. @returns why it teaches nothing */
  function take(one: Candidate, words: AnswerWords | undefined, prints: FoundPrints): Reason | undefined {
    const { facts, opinion, bare } = one;
    if (hasSecret(one)) return 'secret';
    if (bare && !words) return 'erased';
    const told = bare && words ? tellAlone(one, words, deps.redact) : tell(one);
    if (typeof told === 'string') return told;
    if (!told.answer && !told.correction) return facts.status === 'answered' ? 'empty' : 'not-answered';
    rated.push(rate(facts, opinion, { bare, told, prints }));
    return undefined;
  }

  function look(batch: readonly PreferenceFacts[]): void {
    const decisions = deps.reviews.find(batch.map(({ answerId }) => answerId));
    const candidates: Candidate[] = [];
    for (const facts of batch) {
      seen++;
      const found = consider(facts, decisions.get(facts.answerId));
      if (typeof found === 'string') to.drops.add(found);
      else candidates.push(found);
    }
    const wordless = ({ facts: { prints } }: Candidate) => prints.question !== undefined && prints.answer !== undefined;
    const wanted = candidates.filter((one) => one.bare || !wordless(one));
    const words = wanted.length > 0 ? deps.records.words(wanted.map(({ facts }) => wordsWanted(facts))) : NO_WORDS;
    const printsFor = findPrints(deps.fingerprints, candidates, words);
    for (const one of candidates) {
      const reason = take(one, words.get(one.facts.answerId), printsFor(one));
      if (reason) to.drops.add(reason);
    }
  }

  for await (const batch of deps.records.read()) {
    look(batch);
    signal.throwIfAborted();
    // The bot answers meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rated, doubtful, seen };
}

const NO_WORDS: ReadonlyMap<string, AnswerWords> = new Map();

function hasSecret({ facts, opinion, bare }: Candidate): boolean {
  return (
    isSecret(facts.question) ||
    (facts.status === 'answered' && isSecret(facts.answer)) ||
    (opinion.correction !== undefined && isSecret(opinion.correction)) ||
    (!bare && facts.passages.some(isSecret))
  );
}

function isSecret({ findings }: TextFacts): boolean {
  return findings.length > 0 && findings.some(({ kind }) => kind === 'secret');
}

function tell({ facts, opinion }: Candidate): Told {
  return {
    answer: facts.status === 'answered' && !facts.answer.isBlank,
    correction: opinion.correction !== undefined && opinion.correction.text.trim() !== '',
  };
}

/** The fingerprints that are stored; the rest is made of the words, and stored. */
function findPrints(
  store: Fingerprints,
  candidates: readonly Candidate[],
  words: ReadonlyMap<string, AnswerWords>,
): (one: Candidate) => FoundPrints {
  const missing = (kind: 'question' | 'answer') =>
    printsOf(
      store,
      kind,
      candidates.flatMap(({ facts }): [string, string][] =>
        facts.prints[kind] === undefined ? [[facts.answerId, words.get(facts.answerId)?.[kind].text ?? '']] : [],
      ),
    );
  const questions = missing('question');
  const answers = missing('answer');
  const corrections = printsOf(
    store,
    'correction',
    candidates.flatMap(({ opinion: { correction } }): [string, string][] =>
      correction ? [[String(correction.eventId), correction.text]] : [],
    ),
  );
  return ({ facts: { prints, answerId }, opinion: { correction } }) => ({
    question: prints.question ?? (questions.get(answerId) as Uint8Array),
    answer: prints.answer ?? (answers.get(answerId) as Uint8Array),
    correction: correction && corrections.get(String(correction.eventId)),
  });
}
