import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { LiveEvent } from '../liveAnswers.ts';
import { refuse } from '../refuse.ts';
import { type FoundThread, searchThreads } from '../searchThreads.ts';
import type { QuestionView } from '../views.ts';
import type { RouteDeps, WebEnv } from './WebEnv.ts';

const MOST_THREADS = 100;
const MOST_TITLE_CHARACTERS = 120;
const MOST_QUERY_CHARACTERS = 200;
/** A search looks through so many of the newest questions. */
const MOST_SEARCHED = 3000;
/** Browsers keep few connections to one host; whoever has more streams than this is no page of ours. */
const MOST_STREAMS = 12;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 1500;

/**
 * `GET /`: a person's threads; with `?q=words` those whose questions and answers hold the words. `GET /:id`: one of them. `GET /:id/events`: what happens in it, as server-sent events;
 * whoever connects, or connects again, is first told how everything stands.
 */
export function threadRoutes(deps: RouteDeps) {
  const streams = new Map<string, number>();
  const count = (personId: string, by: number) => {
    const left = (streams.get(personId) ?? 0) + by;
    if (left > 0) streams.set(personId, left);
    else streams.delete(personId);
  };

  return new Hono<WebEnv>()
    .get('/', async (c) => {
      const personId = c.get('personId');
      const query = (c.req.query('q') ?? '').slice(0, MOST_QUERY_CHARACTERS).trim();
      const threads: FoundThread[] = query
        ? searchThreads(await deps.threads.turns('web', personId, MOST_SEARCHED), query, MOST_THREADS)
        : await deps.threads.list('web', personId, MOST_THREADS);
      return c.json({
        threads: threads.map(({ threadId, title, askedMs, snippet }) => ({
          id: threadId,
          title: [...title.slice(0, 2 * MOST_TITLE_CHARACTERS)].slice(0, MOST_TITLE_CHARACTERS).join(''),
          askedMs,
          ...(snippet ? { snippet } : {}),
        })),
      });
    })
    .get('/:id', async (c) => {
      const questions = await deps.viewThread(c.get('personId'), c.req.param('id'));
      if (questions.length === 0) throw new BackscrollError('not-found', 'There is no such conversation.');
      return c.json({ id: c.req.param('id'), questions });
    })
    .get('/:id/events', async (c) => {
      const personId = c.get('personId');
      const threadId = c.req.param('id');
      if ((streams.get(personId) ?? 0) >= MOST_STREAMS) {
        return refuse(c, 429, 'Too many pages of this chat are open. Please close some.');
      }
      c.header('X-Accel-Buffering', 'no'); // for an nginx in front
      return streamSSE(c, async (stream) => {
        const waiting: LiveEvent[] = [];
        let wake = () => {};
        const over = new AbortController();
        const signal = AbortSignal.any([over.signal, deps.closing]);
        stream.onAbort(() => over.abort());
        signal.addEventListener('abort', () => wake());
        // Watched from before the look at the database, so that nothing falls between the two.
        const unwatch = deps.live.watch(personId, threadId, (event) => {
          waiting.push(event);
          wake();
        });
        count(personId, 1);
        const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
        try {
          await stream.write(`retry: ${RECONNECT_MS}\n\n`);
          // How it stood comes first; what happened meanwhile repeats a part of it and leads on to now.
          waiting.unshift(...(await deps.viewThread(personId, threadId)).flatMap(replay));
          while (!signal.aborted) {
            const next = waiting.shift();
            if (next) await stream.writeSSE({ event: next.event, data: JSON.stringify(next) });
            else await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          clearInterval(heartbeat);
          unwatch();
          count(personId, -1);
        }
      });
    });
}

function replay({ id, text, askedMs, answer, shown }: QuestionView): LiveEvent[] {
  const begun: LiveEvent = { event: 'begun', questionId: id, text, askedMs };
  if (answer) {
    return [begun, { event: answer.status === 'failed' ? 'failed' : 'finished', questionId: id, answer }];
  }
  return shown ? [begun, { event: 'text', questionId: id, from: 0, text: shown }] : [begun];
}
