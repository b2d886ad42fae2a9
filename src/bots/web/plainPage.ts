import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

/**
 * The frame of the pages beside the chat. They say all that they have to say without a script; `script` is one of the
 * page's files that adds to it what only a browser knows or can draw.
 */
export function plainPage({ title, script, main }: { title: string; script: string; main: Html }): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${title} · Backscroll</title>
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/base.css">
<link rel="stylesheet" href="/page/plain.css">
<script type="module" src="/page/${script}"></script>
</head>
<body class="plain wide">
<header class="top"><a class="brand" href="/"><img src="/page/icon.svg" alt="" width="26" height="26">Backscroll</a>
<nav aria-label="Pages"><a href="/">Chat</a><a href="/sources"${title === 'Sources' ? html` aria-current="page"` : ''}>Sources</a></nav></header>
<main>${main}</main>
</body>
</html>`;
}

/** A moment for everybody, in UTC; the page's script puts it into the reader's own words and time zone. */
export function moment(ms: number): Html {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

export function day(ms: number): Html {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}" data-day>${iso.slice(0, 10)}</time>`;
}
