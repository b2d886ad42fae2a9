import { Hono } from 'hono';
import type { BrowserSessions } from './browserSessions.ts';
import { onlyOurOwn, protectiveHeaders } from './guard.ts';
import type { OneTimeLinks } from './oneTimeLinks.ts';
import type { PageFile } from './pageFiles.ts';
import { NO_SESSION, refuse, refuseError } from './refuse.ts';
import { aboutRoutes } from './routes/about.ts';
import { answerRoutes } from './routes/answers.ts';
import { pageRoutes } from './routes/pages.ts';
import { questionRoutes } from './routes/questions.ts';
import { reviewRoutes } from './routes/review.ts';
import { threadRoutes } from './routes/threads.ts';
import type { RouteDeps, WebEnv } from './routes/WebEnv.ts';

/** The web chat as one handler of requests: what every request passes, then the routes. */
export function createApp(
  deps: RouteDeps & {
    readonly browsers: BrowserSessions;
    readonly links: OneTimeLinks;
    /** Links that make a browser the operator's. */
    readonly reviewLinks: OneTimeLinks;
    readonly files: ReadonlyMap<string, PageFile>;
    /** The port that is listened on. */
    readonly listening: () => number;
  },
) {
  const app = new Hono<WebEnv>();
  app.use(protectiveHeaders());
  app.use(onlyOurOwn(deps.host, deps.listening, deps.publicUrl));
  app.use('/api/*', async (c, next) => {
    const personId = await deps.browsers.find(c);
    if (!personId) return refuse(c, 401, NO_SESSION);
    c.set('personId', personId);
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.route('/api/about', aboutRoutes(deps));
  app.route('/api/questions', questionRoutes(deps));
  app.route('/api/threads', threadRoutes(deps));
  app.route('/api/answers', answerRoutes(deps));
  app.route('/api/review', reviewRoutes(deps));
  app.route('/', pageRoutes(deps));
  app.notFound((c) => refuse(c, 404, 'There is no such page.'));
  app.onError((error, c) => refuseError(c, error, deps.log));
  return app;
}
