import type { AnswerWords, FoundText, PreferenceReadings, WantedWords } from '../../record/PreferenceRecords.ts';
import type { Redact } from '../../redact/createRedact.ts';
import { openPrompt } from '../formats/frameOf.ts';
import type { Prompting } from '../Prompting.ts';
import type { Exchange } from '../Rated.ts';
import type { Line, Said } from './Line.ts';

/**
 * The words of a dataset's rows, redacted: read some hundred at a time, when it is decided which rows there are. Whatever
 * gives nothing was erased since it was decided: then the decision does not hold any more.
 */
export interface Wording {
  /** Makes the words of these ready, in the place of those before. */
  read(lines: readonly Line[]): void;
  /** How the question is put, as JSON: the beginning of the prompt, which others share, and what the user says. */
  prompt(of: Exchange): Prompt | undefined;
  completion(said: Said): string | undefined;
  /** How much was replaced, by kind, in what was given since this was asked last. */
  replaced(): Counts;
}

interface Prompt {
  readonly opened: Buffer;
  readonly user: Buffer;
}

/** By the kind of what was found. */
export type Counts = Readonly<Record<string, number>>;

export interface WordingDeps {
  readonly readings: Pick<PreferenceReadings, 'words' | 'text'>;
  readonly redact: Redact;
  readonly prompting: Prompting;
}

export function createWording({ readings, redact, prompting }: WordingDeps): Wording {
  /** The beginnings of prompts, by what the system says in them. */
  const opened = new Map<string, Buffer>();
  let replaced: Record<string, number> = {};
  let words: ReadonlyMap<string, AnswerWords> = new Map();
  /** Several answers to one question on the same passages lie behind one another: their prompt is made once. */
  let last: { readonly of: Asked; readonly prompt: Prompt; readonly counts: readonly Counts[] } | undefined;

  function count(counts: Counts): void {
    for (const [kind, times] of Object.entries(counts)) replaced[kind] = (replaced[kind] ?? 0) + times;
  }
  /** @param counted told of what was replaced */
  function clean(found: FoundText, spaceId: string | undefined, counted: (counts: Counts) => void): string {
    if (found.findings.length === 0) return found.text;
    const { text, counts } = redact(found, spaceId);
    counted(counts);
    return text;
  }
  function opening(system: string): Buffer {
    const known = opened.get(system);
    if (known) return known;
    const made = openPrompt(system);
    opened.set(system, made);
    return made;
  }

  return {
    read(lines) {
      words = readings.words(wantedBy(lines));
    },
    prompt({ answerId, spaceId, bare, context }) {
      const said = words.get(answerId);
      if (!said || said.question.text === '') return undefined;
      const shown = bare ? [] : said.passages;
      const of: Asked = { spaceId, bare, context: context.key, shown, question: said.question.text };
      if (!last || !isSame(last.of, of)) {
        const counts: Counts[] = [];
        const counted = (some: Counts) => void counts.push(some);
        const passages = shown.map((passage) => ({
          n: passage.n,
          title: clean(passage.title, passage.spaceId ?? spaceId, counted),
          text: clean(passage, passage.spaceId ?? spaceId, counted),
        }));
        const question = clean(said.question, spaceId, counted);
        const { system, user } = prompting.messages(said.question.text, question, passages);
        last = { of, counts, prompt: { opened: opening(system), user: Buffer.from(JSON.stringify(user)) } };
      }
      for (const some of last.counts) count(some);
      return last.prompt;
    },
    completion({ of, eventId }) {
      const said = words.get(of.answerId);
      const found = eventId === undefined ? said?.answer : said?.corrections.get(eventId);
      const text = found && asCompletion(clean(found, of.spaceId, count), of);
      // Nothing blank is ever chosen.
      return text === '' ? undefined : text;
    },
    replaced() {
      const counts = replaced;
      replaced = {};
      return counts;
    },
  };
}

/** What a prompt is made of. */
interface Asked extends Pick<Exchange, 'spaceId' | 'bare'> {
  readonly context: string;
  /** Those of the context's passages that are there still, by their numbers. */
  readonly shown: readonly { readonly n: number }[];
  readonly question: string;
}

function isSame(a: Asked, b: Asked): boolean {
  return (
    a.context === b.context &&
    a.spaceId === b.spaceId &&
    a.bare === b.bare &&
    a.shown.length === b.shown.length &&
    a.shown.every(({ n }, i) => n === b.shown[i]?.n) &&
    a.question === b.question
  );
}

function wantedBy(lines: readonly Line[]): WantedWords[] {
  const wanted = new Map<string, { exchange: Exchange; eventIds: number[] }>();
  function want(exchange: Exchange, eventId: number | undefined): void {
    const known = wanted.get(exchange.answerId);
    if (!known) wanted.set(exchange.answerId, { exchange, eventIds: eventId === undefined ? [] : [eventId] });
    else if (eventId !== undefined) known.eventIds.push(eventId);
  }
  for (const { of, completion, rejected } of lines) {
    want(of, undefined);
    want(completion.of, completion.eventId);
    if (rejected) want(rejected.of, rejected.eventId);
  }
  return Array.from(wanted.values(), ({ exchange: { answerId, hasFindings, context }, eventIds }) => {
    return { answerId, hasFindings, passages: context.passages, eventIds };
  });
}

/** A completion's words by itself, for close calls between two of them; empty when it was erased. */
export function textOf({ readings, redact }: Omit<WordingDeps, 'prompting'>, { of, eventId }: Said): string {
  const found = readings.text(of.answerId, eventId);
  if (!found) return '';
  return asCompletion(found.findings.length === 0 ? found.text : redact(found, of.spaceId).text, of);
}

/** What is to be said of what was said. `[3]` means a passage; where there are none it would mean nothing. */
export function asCompletion(text: string, { bare }: Pick<Exchange, 'bare'>): string {
  return (bare ? text.replace(/[ \t]?(?:\[\d{1,3}\])+(?!\()/gu, '') : text).trim();
}
