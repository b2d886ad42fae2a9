import type { ChannelCursor, Stretch } from './ChannelCursor.ts';
import type { HistoryPace } from './ChannelHistory.ts';

const DAY_MS = 86_400_000;
/** So far a platform's clock and ours may be apart. */
const CLOCKS_DIFFER_MS = 300_000;

export interface ReconcileSettings {
  /** So much of the newest history is compared at every run. */
  readonly windowDays: number;
  /** Within so many days the whole of it is read again. */
  readonly passDays: number;
}

/**
 * What a run reads: first what is new and the window before it, then what an earlier run left, then as much of the older
 * history as the whole pass needs to be done in time.
 */
export function planRun(
  cursor: ChannelCursor | undefined,
  given: {
    readonly nowMs: number;
    /** Events may have been missed since the last run: edits of replies too. */
    readonly isDeaf: boolean;
    /** When something was imported last, in milliseconds since 1970: it may hold what has been deleted since. */
    readonly importedMs?: number | undefined;
    readonly settings: ReconcileSettings;
    readonly pace: Pick<HistoryPace, 'idAt' | 'atUs'>;
  },
): ChannelCursor {
  const { nowMs, isDeaf, settings, pace } = given;
  if (!cursor) {
    // The first reading of everything is the first whole pass.
    const pass = { begunMs: nowMs, done: 0, isOver: true };
    return { version: 1, todo: [{}], readMs: nowMs, pass };
  }
  const isCutOff = cursor.todo.length > 0;
  // What was cut off goes on, with what is new since; to look at the window again is for the run after it. A clock that
  // was set back must not make a gap.
  const sinceMs = Math.min(cursor.readMs, nowMs) - (isCutOff ? CLOCKS_DIFFER_MS : settings.windowDays * DAY_MS);
  const isDeep = isDeaf && !isCutOff;
  const head: Stretch = { after: pace.idAt(Math.max(0, sinceMs) * 1000), ...(isDeep ? { deep: true } : {}) };
  const left = cursor.todo.flatMap((stretch) => restOf(stretch, head, pace));
  const isUrgent = (given.importedMs ?? 0) >= cursor.pass.begunMs;
  const isNewPass = isUrgent || (cursor.pass.isOver && nowMs - cursor.pass.begunMs >= settings.passDays * DAY_MS);
  const newPass = { begunMs: nowMs + 1, done: 0, isOver: false, ...(isUrgent ? { isUrgent: true as const } : {}) };
  const pass = isNewPass ? newPass : cursor.pass;
  return { ...cursor, todo: [head, ...left], pass };
}

/** What the head does not read anyway. */
function restOf(stretch: Stretch, head: Stretch, { atUs, idAt }: Pick<HistoryPace, 'atUs' | 'idAt'>): Stretch[] {
  const headUs = atUs(head.after as string);
  if (stretch.deep && !head.deep) return [stretch];
  if (stretch.after !== undefined && atUs(stretch.after) >= headUs) return [];
  const isCovered = stretch.before === undefined || atUs(stretch.before) > headUs;
  return [isCovered ? { ...stretch, before: idAt(headUs + 1) } : stretch];
}

/**
 * How many messages of the pass are to be read now so that it ends in time: in proportion to the time that has passed.
 * @param total how many there are
 */
export function dueOfPass({ pass }: ChannelCursor, total: number, nowMs: number, passDays: number): number {
  if (pass.isOver) return 0;
  if (pass.isUrgent) return 1;
  // It aims at nine tenths of the time: the last run must not be the last moment.
  const share = (nowMs - pass.begunMs) / (passDays * DAY_MS * 0.9);
  // How many there are is known of what is stored only: once the time is over, it goes on to the end.
  return share >= 1 ? 1 : Math.ceil(Math.max(0.001, share) * total) - pass.done;
}
