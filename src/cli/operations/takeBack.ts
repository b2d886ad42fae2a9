import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { LeftOutEntry } from '../../store/leftOut.ts';
import type { Operation } from './Operation.ts';

export interface TakeBackResult {
  readonly takenBack: readonly LeftOutEntry[];
}

/** Has sync read again what was removed. */
export const takeBackOperation: Operation<{ name: string }, TakeBackResult> = {
  name: 'take-back',
  arguments: z.object({ name: z.string().min(1) }),
  async run({ keeping }, { name }) {
    const { choice } = keeping.sync;
    const takenBack = await choice.takeBack(name);
    if (takenBack.length > 0) return { takenBack };
    const all = choice.leftOut().map((entry) => entry.name);
    const known = all.length > 0 ? `Left out: ${all.join(', ')}.` : 'Nothing is.';
    throw new BackscrollError('not-found', `"${name}" is not left out of what is kept in step. ${known}`);
  },
};
