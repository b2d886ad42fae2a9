import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { CORRECTION_CHARACTERS } from '../../../feedback/Feedback.ts';
import { readBody } from '../readBody.ts';
import { NO_OPERATOR, refuse } from '../refuse.ts';
import type { RouteDeps, WebEnv } from './WebEnv.ts';

const LISTED = 50;
/** Six bytes of JSON a character at most. */
const MOST_BYTES = CORRECTION_CHARACTERS * 6 + 2048;

const verdictSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.enum(['good', 'bad', 'discard']) }),
  z.strictObject({ decision: z.literal('edit'), text: z.string() }),
]);

/** `GET /`: what opinions leave open; `PUT /:id`: what the operator decides. For the operator's browsers only. */
export function reviewRoutes(deps: RouteDeps) {
  const review = () => {
    if (deps.review) return deps.review;
    throw new BackscrollError('unavailable', 'There is no review here.');
  };
  return new Hono<WebEnv>()
    .use(async (c, next) => (deps.operators.has(c.get('personId')) ? next() : refuse(c, 403, NO_OPERATOR)))
    .use(bodyLimit({ maxSize: MOST_BYTES, onError: (c) => refuse(c, 413, 'This is too long.') }))
    .get('/', async (c) => c.json(await review().list(LISTED, deps.closing)))
    .put('/:id', async (c) => {
      const id = c.req.param('id');
      await review().decide(id, await readBody(c, verdictSchema));
      return c.json({ decided: id });
    });
}
