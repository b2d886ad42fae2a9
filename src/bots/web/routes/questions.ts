import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Question } from '../../Chat.ts';
import { questionId } from '../questionId.ts';
import { readBody } from '../readBody.ts';
import { readerOf } from '../reader.ts';
import { refuse } from '../refuse.ts';
import type { RouteDeps, WebEnv } from './WebEnv.ts';

/** How many questions of one browser may be under way. */
const MOST_AT_ONCE = 4;
/** A character takes at most six bytes of JSON; the rest of the request is ids. */
const BYTES_A_CHARACTER = 6;
const ENVELOPE_BYTES = 2048;

const schema = z.strictObject({
  /** Made by the page, so that a request sent again over a bad line is the same question. */
  id: z.uuid().toLowerCase(),
  threadId: z.uuid().toLowerCase().optional(),
  text: z.string(),
  /** The id of the only space to look in. */
  space: z.string().max(200).optional(),
});

/** `POST /`: asks a question. 202 when it is new, 200 when it is known already, with where its answer will be. */
export function questionRoutes(deps: RouteDeps) {
  const { live } = deps;
  const tooLong = `This question is too long: at most ${deps.questionCharacters.toLocaleString('en')} characters are allowed. Please shorten it.`;
  let lastMs = 0;

  return new Hono<WebEnv>().post(
    '/',
    bodyLimit({
      maxSize: deps.questionCharacters * BYTES_A_CHARACTER + ENVELOPE_BYTES,
      onError: (c) => refuse(c, 413, tooLong),
    }),
    async (c) => {
      const { id, threadId = id, text, space } = await readBody(c, schema);
      if (text.trim() === '') return refuse(c, 400, 'The question is empty. Please ask in words.');
      if (text.length > deps.questionCharacters) return refuse(c, 413, tooLong);
      const personId = c.get('personId');
      // Two questions of a thread never share a moment, so that they stay in order.
      lastMs = Math.max(deps.now(), lastMs + 1);
      const question: Question = {
        id: questionId({ personId, threadId, uuid: id }),
        platform: 'web',
        personId,
        channelId: personId,
        threadId,
        text: text.trim(),
        atMs: lastMs,
        reader: await readerOf(deps, space),
        history: [],
      };
      const open = live.open(personId);
      if (open.length >= MOST_AT_ONCE && !open.some((other) => other.question.id === question.id)) {
        return refuse(c, 429, 'Several of your questions are still being answered. Please wait for one of them.');
      }
      const takeBack = live.expect(question);
      let fresh = false;
      try {
        fresh = await deps.accept(question);
      } finally {
        if (!fresh) takeBack();
      }
      return c.json({ id, threadId }, fresh ? 202 : 200);
    },
  );
}
