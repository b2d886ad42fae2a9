import type { FindPrints } from '../../../store/fingerprints.ts';
import type { AnswerRange } from '../../../store/preferenceRows.ts';
import type { FindDecisions } from '../../../store/reviews.ts';
import { wordsWanted } from '../../record/createPreferenceRecords.ts';
import type { AnswerWords, PreferenceFacts, PreferenceReadings, TextFacts } from '../../record/PreferenceRecords.ts';
import type { Redact } from '../../redact/createRedact.ts';
import { printsOf } from '../alike/storePrints.ts';
import { judge } from '../curate/judge.ts';
import { type Opinion, opinionOf } from '../curate/opinionOf.ts';
import { tellAlone } from '../curate/tellAlone.ts';
import type { Policy } from '../Policy.ts';
import type { Prompting } from '../Prompting.ts';
import type { Reason } from '../reasons.ts';
import { createPartWriter, type FoundPrints, type PartWriter, type Told } from './createPartWriter.ts';
import type { Part } from './Part.ts';

export interface GatherDeps {
  readonly readings: Pick<PreferenceReadings, 'words'>;
  readonly prints: FindPrints;
  readonly decisions: FindDecisions;
  readonly redact: Redact;
  readonly prompting: Prompting;
}

/** What may teach something; `bare`: without its passages. */
interface Candidate {
  readonly facts: PreferenceFacts;
  readonly opinion: Opinion;
  readonly bare: boolean;
}

/**
 * Goes over answers that people said something about, without their words: what was found in these when they were
 * written, and by what they are known again, is enough. The few whose words decide are looked at. Nothing is written.
 * @param by which of the hands this is
 */
export function createGather(
  deps: GatherDeps,
  policy: Policy,
  by: number,
): (range: AnswerRange, answers: readonly PreferenceFacts[]) => Part {
  const writer = createPartWriter(by, deps.prompting.tokens);

  /** @returns the candidate, or why it is left out */
  function consider(facts: PreferenceFacts, decision: Parameters<typeof opinionOf>[2]): Candidate | Reason {
    const { bar, withoutPassages } = judge(facts, policy);
    if (bar) return bar;
    if (facts.served.historyTurns > 0) return 'follow-up';
    const opinion = opinionOf(facts, policy.operator, decision);
    if (opinion.drop) return opinion.drop;
    if (!opinion.doubt) return { facts, opinion, bare: withoutPassages };
    const { answerId, askedMs } = facts;
    writer.doubt({ answerId, askedMs, doubt: opinion.doubt, up: opinion.up.length, down: opinion.down.length });
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
    writer.keep(facts, opinion, { bare, told, prints });
    return undefined;
  }

  return (range, answers) => {
    const decisions = deps.decisions(range);
    const candidates: Candidate[] = [];
    for (const facts of answers) {
      const found = consider(facts, decisions.get(facts.answerId));
      if (typeof found === 'string') writer.drop(found);
      else candidates.push(found);
    }
    const wordless = ({ facts: { prints } }: Candidate) => prints.question !== undefined && prints.answer !== undefined;
    const wanted = candidates.filter((one) => one.bare || !wordless(one));
    const words = wanted.length > 0 ? deps.readings.words(wanted.map(({ facts }) => wordsWanted(facts))) : NO_WORDS;
    const printsFor = printsOfAll(deps.prints, writer, candidates, words);
    for (const one of candidates) {
      const reason = take(one, words.get(one.facts.answerId), printsFor(one));
      if (reason) writer.drop(reason);
    }
    return writer.part(answers.length);
  };
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

/** The fingerprints that are stored; the rest is made of the words, to be stored. */
function printsOfAll(
  find: FindPrints,
  writer: PartWriter,
  candidates: readonly Candidate[],
  words: ReadonlyMap<string, AnswerWords>,
): (one: Candidate) => FoundPrints {
  const store: Parameters<typeof printsOf>[0] = {
    find,
    put: (kind, _, made) => writer.made(made.map((one) => ({ kind, ...one }))),
  };
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
