import { z } from 'zod';
import type { Gap } from '../../feedback/gaps/Gap.ts';
import type { Operation } from './Operation.ts';
import { readerOf } from './readerOf.ts';

export interface GapsResult {
  readonly days: number;
  readonly gaps: readonly Gap[];
}

/** What people ask and nothing answers, as far as the reader may know. */
export const gapsOperation: Operation<
  { limit: number; space?: string | undefined; as?: string | undefined },
  GapsResult
> = {
  name: 'gaps',
  arguments: z.object({
    limit: z.int().min(1).max(1000),
    space: z.string().optional(),
    as: z.string().optional(),
  }),
  async run(app, { limit, space, as }) {
    const reader = await readerOf(app.store.spaces, { space, as });
    return { days: app.config.feedback.gaps.days, gaps: await app.gaps(reader, limit) };
  },
};
