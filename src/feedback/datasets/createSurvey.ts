import { createPrints } from './alike/createPrints.ts';
import { type CollectDeps, collect, OWN } from './collect.ts';
import { chooseRows } from './curate/chooseRows.ts';
import { createHand } from './hands/createHand.ts';
import type { Policy, Shape } from './Policy.ts';
import type { Doubtful } from './Rated.ts';
import { createDrops, type Reason } from './reasons.ts';

/** What an export would give now. */
export interface Survey {
  /** Answers that anybody said anything about. */
  readonly answers: number;
  readonly shapes: Readonly<
    Record<Shape, { readonly rows: number; readonly leftOut: Partial<Record<Reason, number>> }>
  >;
  /** What a person has to look at, oldest first. */
  readonly doubtful: readonly Doubtful[];
}

/** Curates as an export does, and writes nothing. */
export type TakeSurvey = (signal: AbortSignal) => Promise<Survey>;

export function createSurvey(deps: CollectDeps & { readonly policy: () => Promise<Policy> }): TakeSurvey {
  return async (signal) => {
    const policy = await deps.policy();
    const [questions, completions, drops] = [createPrints(), createPrints(), createDrops()];
    const order = { policy, format: 'kto' as const };
    const own = createHand(deps, { ...order, by: OWN });
    const collected = await collect(deps, order, { questions, completions, drops }, { own }, signal);
    const { rated, doubtful, seen } = collected;
    const doubts = new Map(doubtful.map((one) => [one.answerId, one]));
    const of = async (shape: Shape) => {
      const left = createDrops(drops.counts());
      const chosen = await chooseRows(shape, rated, { policy, questions, completions, drops: left }, { own }, signal);
      if (shape === 'kto') for (const one of chosen.doubtful) doubts.set(one.answerId, one);
      const { train, validation, test } = chosen.split;
      return { rows: train.length + validation.length + test.length, leftOut: left.counts() };
    };
    return {
      answers: seen,
      shapes: { sft: await of('sft'), dpo: await of('dpo'), kto: await of('kto') },
      doubtful: [...doubts.values()].sort((a, b) => a.askedMs - b.askedMs || (a.answerId < b.answerId ? -1 : 1)),
    };
  };
}
