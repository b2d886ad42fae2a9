import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { CORRECTION_CHARACTERS, REASONS } from '../../../feedback/Feedback.ts';
import { readBody } from '../readBody.ts';
import { readerOfAll } from '../reader.ts';
import { refuse } from '../refuse.ts';
import { viewTrace } from '../viewTrace.ts';
import type { RouteDeps, WebContext, WebEnv } from './WebEnv.ts';

/** Six bytes of JSON a character at most, and the ids. */
const MOST_BYTES = CORRECTION_CHARACTERS * 6 + 2048;

const eventId = z.uuid().toLowerCase();
const voteSchema = z.strictObject({
  eventId,
  value: z.enum(['up', 'down', 'withdrawn']),
  reason: z.enum(REASONS).optional(),
});
/** How many passages before and after a cited one are shown with it, unless more are asked for. */
const REACH = 1;
const MOST_REACH = 60;
const reach = z.coerce.number().int().min(0).max(MOST_REACH).catch(REACH);

const correctionSchema = z.strictObject({ eventId, text: z.string() });
const remarkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ eventId, kind: z.literal('reason'), reason: z.enum(REASONS) }),
  z.strictObject({ eventId, kind: z.literal('comment'), text: z.string() }),
  z.strictObject({ eventId, kind: z.enum(['confirmed', 'resolved']) }),
  z.strictObject({
    eventId,
    kind: z.literal('withdrawn'),
    what: z.enum(['correction', 'comment', 'confirmed', 'resolved']),
  }),
]);

/** Votes, corrections, citations in their place, and the trace of one answer. */
export function answerRoutes(deps: RouteDeps) {
  const own = (c: WebContext) => deps.ownAnswer(c.get('personId'), c.req.param('id') ?? '');
  /** Events of different people never meet, whatever ids their pages make. */
  const ballot = (c: WebContext, answerId: string, id: string) => {
    const personId = c.get('personId');
    return { eventId: `${personId}:${id}`, answerId, personId };
  };

  return new Hono<WebEnv>()
    .use(
      bodyLimit({
        maxSize: MOST_BYTES,
        onError: (c) =>
          refuse(
            c,
            413,
            `This is too long: at most ${CORRECTION_CHARACTERS.toLocaleString('en')} characters are allowed.`,
          ),
      }),
    )
    .put('/:id/vote', async (c) => {
      const { answer } = await own(c);
      const { eventId, value, reason } = await readBody(c, voteSchema);
      await deps.feedback.vote(ballot(c, answer.id, eventId), value, reason);
      return c.json(await deps.feedback.present(answer.id, c.get('personId')));
    })
    .post('/:id/correction', async (c) => {
      const { answer } = await own(c);
      const { eventId, text } = await readBody(c, correctionSchema);
      await deps.feedback.correct(ballot(c, answer.id, eventId), text);
      return c.json(await deps.feedback.present(answer.id, c.get('personId')));
    })
    .post('/:id/remark', async (c) => {
      const { answer } = await own(c);
      const { eventId, ...remark } = await readBody(c, remarkSchema);
      await deps.feedback.remark(ballot(c, answer.id, eventId), remark);
      return c.json(await deps.feedback.present(answer.id, c.get('personId')));
    })
    .get('/:id/citations/:n', async (c) => {
      const { answer } = await own(c);
      const citation = answer.citations.find(({ n }) => String(n) === c.req.param('n'));
      if (!citation) throw new BackscrollError('not-found', 'There is no such citation.');
      const around = { before: reach.parse(c.req.query('before')), after: reach.parse(c.req.query('after')) };
      const passage = deps.viewPassage(citation.passageId, await readerOfAll(deps), around);
      if (!passage) {
        throw new BackscrollError(
          'not-found',
          'This passage cannot be read any more: it was removed, or it is no longer open to everybody.',
        );
      }
      return c.json({ n: citation.n, quote: citation.quote, ...passage });
    })
    .get('/:id/trace', async (c) => c.json(viewTrace(await own(c), deps.viewPassage, await readerOfAll(deps))));
}
