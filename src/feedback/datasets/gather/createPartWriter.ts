import type { PreferenceFacts } from '../../record/PreferenceRecords.ts';
import { FINGERPRINT_BYTES } from '../alike/fingerprint.ts';
import type { Opinion } from '../curate/opinionOf.ts';
import type { Prompting } from '../Prompting.ts';
import type { Doubtful } from '../Rated.ts';
import type { Reason } from '../reasons.ts';
import { createNumbering } from './createNumbering.ts';
import { FLAG, type MadePrint, type MetContext, NO_SPACE, type Part } from './Part.ts';

/** What of an answer can be told: itself, and what people say it should have been. */
export interface Told {
  readonly answer: boolean;
  readonly correction: boolean;
}

export interface FoundPrints {
  /** Their bytes, or these as hex. */
  readonly question: Uint8Array | string;
  readonly answer: Uint8Array | string;
  readonly correction: Uint8Array | undefined;
}

/** Writes parts, one after the other. */
export interface PartWriter {
  drop(reason: Reason): void;
  doubt(one: Doubtful): void;
  made(prints: readonly MadePrint[]): void;
  /** Keeps what an answer teaches. */
  keep(
    facts: PreferenceFacts,
    opinion: Opinion,
    given: { readonly bare: boolean; readonly told: Told; readonly prints: FoundPrints },
  ): void;
  /** What was written since the last part. */
  part(seen: number): Part;
}

const PRINTS_AT_FIRST = 1024;

export function createPartWriter(by: number, tokens: Prompting['tokens']): PartWriter {
  const voters = createNumbering<string>();
  const spaces = createNumbering<string>();
  const contexts = createNumbering<MetContext>();
  let [drops, doubtful, made] = [new Map<Reason, number>(), [] as Doubtful[], [] as MadePrint[]];
  let [answerIds, numbers, voices] = [[] as string[], [] as number[], [] as number[]];
  let prints = Buffer.allocUnsafeSlow(PRINTS_AT_FIRST * FINGERPRINT_BYTES);
  let printed = 0;

  function contextOf(passages: PreferenceFacts['passages'], bare: boolean): number {
    const key = passages.length === 1 ? (passages[0]?.key ?? '') : passages.map((passage) => passage.key).join(' ');
    // The same passages under other numbers are another prompt.
    const numbered = bare ? 'bare' : passages.length === 1 ? passages[0]?.n : passages.map(({ n }) => n).join(' ');
    return contexts.of(`${numbered} ${key}`, () => ({
      key,
      passages: bare ? [] : passages.map(({ n, key: of, tokens: length }) => ({ n, key: of, tokens: length })),
    }));
  }
  function promptTokensOf(questionTokens: number, passages: PreferenceFacts['passages']): number {
    let sum = questionTokens + (passages.length === 0 ? tokens.alone : tokens.around);
    for (const one of passages) sum += one.tokens + tokens.passage;
    return sum;
  }
  function addVoters(names: readonly string[]): void {
    for (const name of names) voices.push(voters.of(name, () => name));
  }
  function addPrint(print: Uint8Array | string): void {
    if (printed + FINGERPRINT_BYTES > prints.length) {
      const larger = Buffer.allocUnsafeSlow(prints.length * 2);
      larger.set(prints);
      prints = larger;
    }
    if (typeof print === 'string') prints.write(print, printed, 'hex');
    else prints.set(print, printed);
    printed += FINGERPRINT_BYTES;
  }

  return {
    drop: (reason) => void drops.set(reason, (drops.get(reason) ?? 0) + 1),
    doubt: (one) => void doubtful.push(one),
    made: (some) => void made.push(...some),
    keep({ answerId, askedMs, question, asked, answer, passages }, opinion, { bare, told, prints: found }) {
      const { up, down, label, goodness } = opinion;
      const correction = told.correction && found.correction ? opinion.correction : undefined;
      let flags = bare ? FLAG.bare : 0;
      if (question.findings.length + answer.findings.length > 0) flags |= FLAG.hasFindings;
      if (label) flags |= FLAG[label];
      if (told.answer) flags |= FLAG.answer;
      if (correction) flags |= FLAG.correction;
      const { spaceId } = asked;
      answerIds.push(answerId);
      // In the order of FIELD.
      numbers.push(
        flags,
        askedMs,
        spaceId === undefined ? NO_SPACE : spaces.of(spaceId, () => spaceId),
        contextOf(passages, bare),
        question.tokens,
        promptTokensOf(question.tokens, bare ? [] : passages),
        answer.tokens,
        goodness,
        up.length,
        down.length,
        correction?.eventId ?? 0,
        correction ? voters.of(correction.voter, () => correction.voter) : 0,
        correction?.tokens ?? 0,
      );
      addVoters(up);
      addVoters(down);
      addPrint(found.question);
      if (told.answer) addPrint(found.answer);
      if (correction && found.correction) addPrint(found.correction);
    },
    part(seen) {
      const part: Part = {
        ...{ seen, drops: [...drops], doubtful, made, by, answerIds },
        met: { voters: voters.met(), spaces: spaces.met(), contexts: contexts.met() },
        numbers: Float64Array.from(numbers),
        voters: Uint32Array.from(voices),
        prints: new Uint8Array(prints.buffer, prints.byteOffset, printed),
      };
      [drops, doubtful, made] = [new Map(), [], []];
      [answerIds, numbers, voices] = [[], [], []];
      prints = Buffer.allocUnsafeSlow(Math.max(PRINTS_AT_FIRST * FINGERPRINT_BYTES, printed));
      printed = 0;
      return part;
    },
  };
}
