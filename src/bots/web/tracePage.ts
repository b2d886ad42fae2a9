import { html } from 'hono/html';
import type { TracedPassage, TraceView } from './viewTrace.ts';

/** The trace for people to read. Every value is escaped by `html`. */
export function tracePage({ id, question, status, answeredMs, passages, timings, trace }: TraceView) {
  const facts: [string, unknown][] = [
    ['Outcome', status],
    ['Written by', trace?.model ?? (trace?.answerer === 'quotes' ? 'nobody: passages were quoted' : 'nobody')],
    ['Embedder', trace?.embedder],
    ['Only words were searched', trace?.wordsOnly],
    ['Language of the question', trace?.language],
    ['Suggestions refused by the database', trace?.refused],
    ['Tokens in, out', trace?.inputTokens === undefined ? undefined : `${trace.inputTokens}, ${trace.outputTokens}`],
    ['Cost', trace?.cost],
    ['Answered', new Date(answeredMs).toISOString()],
    ['Trace', id],
  ];
  const times = Object.entries(timings).map(
    ([stage, ms]) => html`<tr><th scope="row">${stage}</th><td>${ms} ms</td></tr>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Why this answer? · Backscroll</title>
<link rel="icon" href="/page/icon.svg">
<link rel="stylesheet" href="/page/style.css">
</head>
<body class="plain wide"><main>
<p><a href="/">Back to the chat</a></p>
<h1>Why this answer?</h1>
<p class="asked" dir="auto">${question}</p>
${trace ? '' : html`<p>The details of this answer are no longer kept.</p>`}
<dl>${facts
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)}</dl>
<h2>Passages that were found</h2>
${
  passages.length === 0
    ? html`<p>None.</p>`
    : html`<div class="scroll" role="region" aria-label="Passages that were found" tabindex="0"><table>
<thead><tr><th scope="col">No.</th><th scope="col">Passage</th><th scope="col">Score</th><th scope="col">By words</th><th scope="col">By meaning</th></tr></thead>
<tbody>${passages.map(row)}</tbody></table></div>`
}
${times.length === 0 ? '' : html`<h2>Where the time went</h2><table class="times"><tbody>${times}</tbody></table>`}
<p><a href="/api/answers/${id}/trace">All of it as JSON</a></p>
</main></body>
</html>`;
}

function row({ n, title, url, score, cited, words, vectors }: TracedPassage) {
  const name = title === undefined ? 'cannot be read any more' : title;
  return html`<tr>
<td>${n ?? ''}</td>
<td dir="auto">${url ? html`<a href="${url}" rel="noopener noreferrer" target="_blank">${name}</a>` : name}${cited ? html` <strong>cited</strong>` : ''}</td>
<td>${score.toFixed(3)}</td>
<td>${words ? `#${words.rank} (${words.score.toFixed(2)})` : '–'}</td>
<td>${vectors ? `#${vectors.rank} (${vectors.distance.toFixed(3)})` : '–'}</td>
</tr>`;
}
