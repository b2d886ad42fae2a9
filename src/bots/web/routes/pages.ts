import { Hono } from 'hono';
import { html } from 'hono/html';
import type { BrowserSessions } from '../browserSessions.ts';
import type { OneTimeLinks } from '../oneTimeLinks.ts';
import type { PageFile } from '../pageFiles.ts';
import { readableSources } from '../readableSources.ts';
import { readerOfAll } from '../reader.ts';
import { NO_OPERATOR, NO_SESSION, refuse } from '../refuse.ts';
import { sourcesPage } from '../sourcesPage.ts';
import { tracePage } from '../tracePage.ts';
import { viewTrace } from '../viewTrace.ts';
import type { RouteDeps, WebContext, WebEnv } from './WebEnv.ts';

/** What even a browser without a session may load: the looks of the page that sends it away. */
const OPEN_FILES = ['base.css', 'plain.css', 'icon.svg'];

/** The chat page (`/`, also with a one-time token), its files, and the pages of sources and of a trace. */
export function pageRoutes(
  deps: RouteDeps & {
    readonly browsers: BrowserSessions;
    readonly links: OneTimeLinks;
    readonly reviewLinks: OneTimeLinks;
    readonly files: ReadonlyMap<string, PageFile>;
  },
) {
  const { browsers, links, reviewLinks, files } = deps;

  return new Hono<WebEnv>()
    .get('/', async (c) => {
      const token = c.req.query('token');
      if (token !== undefined) {
        // A browser that looks ahead must not use up the link.
        if (c.req.header('sec-purpose')?.includes('prefetch')) return c.body(null, 503);
        const known = await browsers.find(c);
        if (!links.spend(token) && !known) {
          return refuse(
            c,
            401,
            'This link was used already, or it is too old. Run `npx backscroll open` where Backscroll runs and open the new link that it prints.',
          );
        }
        if (!known) await browsers.begin(c);
        c.header('Cache-Control', 'no-store');
        return c.redirect('/', 303);
      }
      if (!(await browsers.find(c))) return strangerAtTheDoor(c);
      browsers.prolong(c);
      return send(c, files.get('index.html'));
    })
    .get('/trace/:id', async (c) => {
      const personId = await browsers.find(c);
      if (!personId) return strangerAtTheDoor(c);
      const found = await deps.ownAnswer(personId, c.req.param('id'));
      c.header('Cache-Control', 'no-store');
      return c.html(tracePage(viewTrace(found, deps.viewPassage, await readerOfAll(deps))));
    })
    .get('/sources', async (c) => {
      if (!(await browsers.find(c))) return strangerAtTheDoor(c);
      const [spaces, sources, { importing }] = await Promise.all([
        deps.spaces.list(),
        readableSources(deps),
        deps.status(),
      ]);
      c.header('Cache-Control', 'no-store');
      return c.html(sourcesPage({ spaces, sources, importing }));
    })
    .get('/review', async (c) => {
      const token = c.req.query('token');
      let personId = await browsers.find(c);
      if (token !== undefined) {
        if (c.req.header('sec-purpose')?.includes('prefetch')) return c.body(null, 503);
        if (reviewLinks.spend(token)) {
          personId ??= await browsers.begin(c);
          deps.operators.add(personId);
        }
        c.header('Cache-Control', 'no-store');
        if (personId && deps.operators.has(personId)) return c.redirect('/review', 303);
      }
      if (!personId || !deps.operators.has(personId)) return refuse(c, 403, NO_OPERATOR);
      return send(c, files.get('review.html'));
    })
    .get('/page/:name', async (c) => {
      const name = c.req.param('name');
      if (!OPEN_FILES.includes(name) && !(await browsers.find(c))) return refuse(c, 401, NO_SESSION);
      return send(c, files.get(name));
    });
}

/**
 * Nobody we know; or somebody who came by a link on another site, when the browser keeps back our cookie. Sent on from a
 * page of ours, it brings it along.
 */
function strangerAtTheDoor(c: WebContext) {
  if (c.req.header('sec-fetch-site') !== 'cross-site' || c.req.query('again') !== undefined) {
    return refuse(c, 401, NO_SESSION);
  }
  c.header('Cache-Control', 'no-store');
  return c.html(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Backscroll</title>
<meta http-equiv="refresh" content="0;url=${c.req.path}?again"></head>
<body><p><a href="${c.req.path}?again">Go on to Backscroll</a></p></body></html>`);
}

function send(c: WebContext, file: PageFile | undefined) {
  if (!file) return refuse(c, 404, 'There is no such page.');
  c.header('ETag', file.etag);
  c.header('Cache-Control', 'no-cache');
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
  return c.body(file.body, 200, { 'Content-Type': file.type });
}
