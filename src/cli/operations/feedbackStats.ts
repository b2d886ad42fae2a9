import { z } from 'zod';
import type { StatsReport } from '../../feedback/stats/createStats.ts';
import type { Operation } from './Operation.ts';

/** How people voted, and how far it is to a dataset. */
export const feedbackStatsOperation: Operation<Record<string, never>, StatsReport> = {
  name: 'feedback stats',
  arguments: z.object({}),
  run: (app, _, { signal }) => app.preferences.stats(signal),
};
