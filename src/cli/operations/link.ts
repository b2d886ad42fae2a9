import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Operation } from './Operation.ts';

/** A fresh one-time link to the web chat of a running Backscroll. */
export const linkOperation: Operation<{ review?: boolean | undefined }, { link: string }> = {
  name: 'open',
  arguments: z.object({ review: z.boolean().optional() }),
  async run(app, { review }) {
    const link = review ? app.reviewLink?.() : app.link();
    if (!link) throw new BackscrollError('unavailable', 'The web chat does not run. Start it with: npm start');
    return { link };
  },
};
