import { sha256 } from '../../base/hash.ts';
import type { Fingerprints } from '../../store/fingerprints.ts';
import type { ReviewDecision, Reviews } from '../../store/reviews.ts';
import type { CorrectionText, PreferenceRecord, PreferenceRecords } from '../record/PreferenceRecords.ts';
import type { Redact } from '../redact/createRedact.ts';
import { type FoundPrints, findPrints, type Prints } from './createPrints.ts';
import { judge } from './curate/judge.ts';
import { type Opinion, opinionOf } from './curate/opinionOf.ts';
import { repeats } from './curate/repeats.ts';
import type { Spool } from './folder/createSpool.ts';
import { openPrompt } from './formats/frameOf.ts';
import type { Policy } from './Policy.ts';
import type { Prompting } from './Prompting.ts';
import type { Completion, Context, Doubtful, Rated } from './Rated.ts';
import type { Drops, Reason } from './reasons.ts';

const NO_CONTEXT: Context = { key: '', passages: [] };

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
  /** What was replaced, by kind. */
  readonly redacted: Readonly<Record<string, number>>;
}

/** Reads everything that people said something about, once: the words go to the spool, redacted, the rest stays in memory. */
export async function collect(
  deps: CollectDeps,
  policy: Policy,
  to: { readonly spool: Spool; readonly questions: Prints; readonly completions: Prints; readonly drops: Drops },
  signal: AbortSignal,
): Promise<Collected> {
  const prompting = deps.prompting();
  const rated: Rated[] = [];
  const doubtful: Doubtful[] = [];
  const redacted: Record<string, number> = {};
  const passageIds = new Map<string, number>();
  const contexts = new Map<string, Context>();
  /** Each voter's name once: the database gives a new string for each of their votes. */
  const voters = new Map<string, string>();
  /** The beginnings of prompts, by what the system says in them. */
  const prompts = new Map<string, Buffer>();
  let seen = 0;

  function clean(
    text: { text: string; tokens: number; findings: PreferenceRecord['question']['findings'] },
    spaceId: string | undefined,
  ) {
    if (text.findings.length === 0) return text.text;
    const { text: shown, hasSecret, counts } = deps.redact(text, spaceId);
    if (hasSecret) return undefined;
    for (const [kind, count] of Object.entries(counts)) redacted[kind] = (redacted[kind] ?? 0) + count;
    return shown;
  }

  /** Keeps what a record teaches. @returns why it teaches nothing */
  function take(
    record: PreferenceRecord,
    opinion: Opinion,
    prints: FoundPrints,
    withoutPassages: boolean,
  ): Reason | undefined {
    const { spaceId } = record.asked;
    const passages = withoutPassages ? [] : record.passages;
    const question = clean(record.question, spaceId);
    const shown: { n: number; title: string; text: string }[] = [];
    for (const passage of passages) {
      const text = clean(passage, passage.from.spaceId ?? spaceId);
      if (text === undefined) return 'secret';
      shown.push({ n: passage.n, title: passage.title, text });
    }
    let correction = opinion.correction ? clean(opinion.correction, spaceId) : '';
    let answer = record.status === 'answered' ? clean(record.answer, spaceId) : '';
    if (question === undefined || answer === undefined || correction === undefined) return 'secret';
    if (withoutPassages) {
      const hidden = record.passages.map(({ text }) => text);
      if (record.served.answerer === 'quotes' || repeats([answer, correction], hidden)) {
        return 'quotes-passages';
      }
      [answer, correction] = [withoutMarks(answer), withoutMarks(correction)];
    }
    [answer, correction] = [answer.trim(), correction.trim()];
    if (answer === '' && correction === '') {
      return record.status === 'answered' ? 'empty' : 'not-answered';
    }
    const { label, goodness } = opinion;
    const [up, down] = [opinion.up.map(interned), opinion.down.map(interned)];
    const one: { -readonly [K in keyof Rated]: Rated[K] } = {
      answerId: record.answerId,
      askedMs: record.askedMs,
      prompt: promptOf(record, question, shown),
      promptTokens: promptTokensOf(record.question.tokens, passages),
      question: to.questions.add(prints.question(record)),
      questionTokens: record.question.tokens,
      context: contextOf(passages),
      opinion: label ? { goodness, up, down, label } : { goodness, up, down },
    };
    if (answer !== '') one.answer = spooled(answer, record.answer.tokens, prints.answer(record));
    if (opinion.correction && correction !== '') {
      one.correction = corrected(opinion.correction, correction, prints);
    }
    rated.push(one);
    return undefined;
  }

  function interned(voter: string): string {
    const known = voters.get(voter);
    if (known === undefined) voters.set(voter, voter);
    return known ?? voter;
  }

  function spooled(text: string, tokens: number, print: Uint8Array | string): Completion {
    return { span: to.spool.add(JSON.stringify(text)), tokens, print: to.completions.add(print) };
  }

  function corrected({ tokens, eventId, voter }: CorrectionText, text: string, prints: FoundPrints) {
    return { ...spooled(text, tokens, prints.correction(eventId)), voter };
  }

  function promptTokensOf(questionTokens: number, passages: PreferenceRecord['passages']): number {
    const { alone, around, passage } = prompting.tokens;
    let tokens = questionTokens + (passages.length === 0 ? alone : around);
    for (const one of passages) tokens += one.tokens + passage;
    return tokens;
  }

  function promptOf(
    record: PreferenceRecord,
    question: string,
    passages: Parameters<Prompting['messages']>[2],
  ): Rated['prompt'] {
    const { system, user } = prompting.messages(record.question.text, question, passages);
    let opened = prompts.get(system);
    if (!opened) {
      opened = openPrompt(system);
      prompts.set(system, opened);
    }
    return { opened, user: to.spool.add(JSON.stringify(user)) };
  }

  function contextOf(passages: PreferenceRecord['passages']): Context {
    if (passages.length === 0) return NO_CONTEXT;
    const numbered = passages.map(({ passageId, text, tokens }) => {
      // What was imported has no number of its own. Texts as keys would keep them all in memory.
      const key = passageId === undefined ? sha256(text) : `#${passageId}`;
      const id = passageIds.get(key) ?? passageIds.size;
      passageIds.set(key, id);
      return { id, tokens };
    });
    const key = numbered.map(({ id }) => id).join(' ');
    const known = contexts.get(key);
    if (known) return known;
    const context = { key, passages: numbered };
    contexts.set(key, context);
    return context;
  }

  /** @returns why it is left out */
  function consider(
    record: PreferenceRecord,
    prints: FoundPrints,
    decision: ReviewDecision | undefined,
  ): Reason | undefined {
    const { bar, withoutPassages } = judge(record, policy);
    if (bar) return bar;
    if (record.served.historyTurns > 0) return 'follow-up';
    const opinion = opinionOf(record, policy.operator, decision);
    if (opinion.drop) return opinion.drop;
    if (!opinion.doubt) return take(record, opinion, prints, withoutPassages);
    const { answerId, askedMs } = record;
    doubtful.push({ answerId, askedMs, doubt: opinion.doubt, up: opinion.up.length, down: opinion.down.length });
    return 'in-review';
  }

  function look(batch: readonly PreferenceRecord[]): void {
    const prints = findPrints(deps.fingerprints, batch);
    const decisions = deps.reviews.find(batch.map(({ answerId }) => answerId));
    for (const record of batch) {
      seen++;
      const reason = consider(record, prints, decisions.get(record.answerId));
      if (reason) to.drops.add(reason);
    }
  }

  for await (const batch of deps.records.read()) {
    look(batch);
    signal.throwIfAborted();
    // The bot answers meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rated, doubtful, seen, redacted };
}

/** `[3]` means a passage; where there are none it would mean nothing. */
function withoutMarks(text: string): string {
  return text.replace(/[ \t]?(?:\[\d{1,3}\])+(?!\()/gu, '');
}
