import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { BackscrollError, type ErrorCode } from '../../base/BackscrollError.ts';
import type { Log } from '../../base/log.ts';

export const NO_SESSION =
  'This browser is not signed in. Run `npx backscroll open` where Backscroll runs and open the link that it prints.';

export const NO_OPERATOR =
  'This page is for the operator. Run `npx backscroll open --review` where Backscroll runs and open the link that it prints.';

const STATUS: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  usage: 400,
  input: 400,
  'not-found': 404,
  unavailable: 503,
  home: 507,
};

/** Says no in one sentence: as a page to somebody who opened one, as `{error}` to the page's own requests. */
export function refuse(c: Context, status: ContentfulStatusCode, sentence: string): Response | Promise<Response> {
  c.header('Cache-Control', 'no-store');
  const opened = !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');
  if (!opened) return c.json({ error: sentence }, status);
  const parts = sentence.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backscroll</title>
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/base.css">
<link rel="stylesheet" href="/page/plain.css">
</head>
<body class="plain"><main><h1>Backscroll</h1><p>${parts}</p></main></body>
</html>`,
    status,
  );
}

/** What was thrown, as an answer: our own sentences are for people, everything else is for the log. */
export function refuseError(c: Context, error: unknown, log: Log): Response | Promise<Response> {
  if (error instanceof BackscrollError) {
    const status = STATUS[error.code] ?? 500;
    if (status >= 500) log.error({ err: error, path: c.req.routePath }, 'the web chat could not do what it was asked');
    return refuse(c, status, error.message);
  }
  log.error({ err: error }, 'the web chat stumbled');
  return refuse(c, 500, 'Something went wrong inside Backscroll; its log says what. Please try again.');
}
