import type { FeedbackStats, VoteCount } from '../../store/feedbackStats.ts';
import type { TakeSurvey } from '../datasets/createSurvey.ts';
import { LEAST_ROWS } from '../datasets/curate/splitRows.ts';
import { ENOUGH } from '../datasets/formats/thresholds.ts';
import type { Shape } from '../datasets/Policy.ts';
import { dropsInWords } from '../datasets/reasons.ts';

const MOST_CHANNELS = 20;

export interface StatsReport {
  readonly total: VoteCount;
  /** By day (UTC), oldest first. */
  readonly byDay: readonly (VoteCount & { readonly day: string })[];
  readonly bySource: readonly (VoteCount & { readonly platform: string; readonly space: string | null })[];
  readonly byChannel: readonly (VoteCount & { readonly channel: string; readonly space: string | null })[];
  /** Of the answers that several people voted on, how many they agree about. */
  readonly agreement: {
    readonly answers: number;
    readonly votes: number;
    readonly several: number;
    readonly unanimous: number;
  };
  readonly toReview: number;
  readonly formats: readonly {
    readonly shape: Shape;
    /** What an export would have now. */
    readonly rows: number;
    /** The next number of rows that changes something, and how many are missing; undefined beyond the last. */
    readonly next?: { readonly rows: number; readonly missing: number; readonly meaning: string };
    readonly leftOut: readonly string[];
  }[];
}

/** How people voted, and how far it is to a dataset. */
export type Stats = (signal: AbortSignal) => Promise<StatsReport>;

export function createStats(deps: { readonly stats: FeedbackStats; readonly survey: TakeSurvey }): Stats {
  return async (signal) => {
    const byDay = deps.stats.byDay();
    const { shapes, doubtful } = await deps.survey(signal);
    const sum = (of: (count: VoteCount) => number) => byDay.reduce((all, day) => all + of(day), 0);
    return {
      total: {
        up: sum(({ up }) => up),
        down: sum(({ down }) => down),
        corrections: sum(({ corrections }) => corrections),
      },
      ...{ byDay, bySource: deps.stats.bySource(), byChannel: deps.stats.byChannel(MOST_CHANNELS) },
      agreement: deps.stats.agreement(),
      toReview: doubtful.length,
      formats: (['sft', 'dpo', 'kto'] as const).map((shape) => {
        const { rows, leftOut } = shapes[shape];
        return { shape, rows, ...nextOf(shape, rows), leftOut: dropsInWords(leftOut) };
      }),
    };
  };
}

function nextOf(shape: Shape, rows: number) {
  if (rows < LEAST_ROWS)
    return { next: { rows: LEAST_ROWS, missing: LEAST_ROWS - rows, meaning: 'it can be exported' } };
  const enough = ENOUGH[shape];
  return rows < enough
    ? { next: { rows: enough, missing: enough - rows, meaning: 'it is about enough to train on' } }
    : {};
}
