import { collectionsFor } from '../../../knowledge/chroma/placement.ts';
import type { Reader } from '../../../knowledge/Reader.ts';
import type { Bench } from './openBench.ts';
import { type Spread, spreadOf } from './quantiles.ts';

export interface AskMeasure {
  readonly ask: Spread;
  /** The bare query that the answers need, in the same circumstances. */
  readonly raw: Spread;
  /** How many of the questions were answered; the others were told that nothing was found. */
  readonly answered: number;
}

/** Who asks what, made ready so that only the asking is measured. */
export interface Asking {
  ask(n: number): Promise<{ ms: number; answered: boolean }>;
  raw(n: number): Promise<number>;
  readonly questions: number;
}

/** @param reader for whom everything is asked; the bare query goes to the collection that holds what they may read */
export async function prepareAsking(
  { app, raw }: Bench,
  questions: readonly string[],
  reader: Reader,
  signal: AbortSignal,
): Promise<Asking> {
  const vectors = (await app.embedder.embed(questions, { kind: 'question', signal })).map((vector) => [...vector]);
  const generation = (await app.store.generations.list()).find(({ state }) => state === 'serving');
  const filled = new Set((await app.vectors.index.collections.list()).map(({ name }) => name));
  const asked = collectionsFor({ generation: generation?.name ?? '', audiences: app.store.audiences(reader) });
  const target = asked.find(({ collection }) => filled.has(collection)) ?? { collection: '' };
  const where = target.audiences ? { a: { $in: [...target.audiences] } } : undefined;
  const limit = app.config.retrieval.candidates;
  const at = (n: number) => n % questions.length;
  return {
    questions: questions.length,
    async ask(n) {
      const begun = performance.now();
      const { answer } = await app.ask({ question: questions[at(n)] as string, history: [], reader, signal });
      return { ms: performance.now() - begun, answered: answer.status === 'answered' };
    },
    async raw(n) {
      const begun = performance.now();
      await raw.query(target.collection, vectors[at(n)] as number[], limit, where);
      return performance.now() - begun;
    },
  };
}

/** Asks one question after the other, each beside a bare query, until `enough` says so. */
export async function askAlone(asking: Asking, enough: (asked: number) => boolean): Promise<AskMeasure> {
  const times = { ask: [] as number[], raw: [] as number[] };
  let answered = 0;
  for (let n = 0; !enough(n); n += 1) {
    const first = n % 2 === 0;
    if (first) times.raw.push(await asking.raw(n));
    const { ms, answered: was } = await asking.ask(n);
    times.ask.push(ms);
    if (was) answered += 1;
    if (!first) times.raw.push(await asking.raw(n));
  }
  return { ask: spreadOf(times.ask), raw: spreadOf(times.raw), answered };
}

/** So many people ask at once, each their next question when they have their answer; then as many bare queries. */
export async function askTogether(asking: Asking, askers: number, each: number): Promise<AskMeasure> {
  const times = { ask: [] as number[], raw: [] as number[] };
  let answered = 0;
  const together = (one: (n: number) => Promise<void>) =>
    Promise.all(
      Array.from({ length: askers }, async (_, asker) => {
        for (let i = 0; i < each; i += 1) await one(asker + i * askers);
      }),
    );
  await together(async (n) => {
    const { ms, answered: was } = await asking.ask(n);
    times.ask.push(ms);
    if (was) answered += 1;
  });
  await together(async (n) => {
    times.raw.push(await asking.raw(n));
  });
  return { ask: spreadOf(times.ask), raw: spreadOf(times.raw), answered };
}
