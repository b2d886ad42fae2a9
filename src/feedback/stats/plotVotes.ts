import type { VoteCount } from '../../store/feedbackStats.ts';

const MOST_LINES = 20;
const WIDTH = 40;
const DAY_MS = 86_400_000;

/**
 * Votes over time in terminal characters: a line for each day, week … so that at most 20 lines tell it all; `█` up, `░`
 * down. Empty for no votes.
 */
export function plotVotes(byDay: readonly (VoteCount & { readonly day: string })[]): string {
  const [first, last] = [byDay[0], byDay.at(-1)];
  if (!first || !last) return '';
  const dayOf = (day: string) => Math.round(Date.parse(day) / DAY_MS);
  const days = dayOf(last.day) - dayOf(first.day) + 1;
  const step = Math.ceil(days / MOST_LINES);
  const lines = Array.from({ length: Math.ceil(days / step) }, (_, i) => ({
    day: new Date((dayOf(first.day) + i * step) * DAY_MS).toISOString().slice(0, 10),
    up: 0,
    down: 0,
  }));
  for (const { day, up, down } of byDay) {
    const line = lines[Math.floor((dayOf(day) - dayOf(first.day)) / step)];
    if (!line) continue;
    line.up += up;
    line.down += down;
  }
  const most = Math.max(1, ...lines.map(({ up, down }) => up + down));
  const columns = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * WIDTH)));
  return lines
    .map(
      ({ day, up, down }) =>
        `${day}  ${'█'.repeat(columns(up))}${'░'.repeat(columns(down))}${up + down > 0 ? ` ${up}/${down}` : ''}`,
    )
    .join('\n');
}
