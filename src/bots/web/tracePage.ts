import { html } from 'hono/html';
import { moment, plainPage } from './plainPage.ts';
import type { TracedPassage, TraceView } from './viewTrace.ts';

const OUTCOMES: Readonly<Record<string, string>> = {
  answered: 'Answered',
  abstained: 'Said that it does not know',
  failed: 'Failed',
};
const STAGES: Readonly<Record<string, string>> = {
  words: 'Searching by words',
  vectors: 'Searching by meaning',
  check: 'Checking who may read it',
  answer: 'Writing the answer',
  total: 'Altogether',
};

/** The trace for people to read. Every value is escaped by `html`; the picture of it is drawn by the page's script. */
export function tracePage(view: TraceView) {
  const { id, question, passages, timings, trace } = view;
  const main = html`
<h1>Why this answer?</h1>
<p class="asked" dir="auto">${question}</p>
${trace ? '' : html`<p class="notice">The details of this answer are no longer kept.</p>`}
<dl class="tiles">${tiles(view).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<figure id="picture" data-answer="${id}" hidden></figure>
<h2>Passages that were found</h2>
${
  passages.length === 0
    ? html`<p class="soft">None.</p>`
    : html`<div class="scroll" role="region" aria-label="Passages that were found" tabindex="0"><table class="found-table">
<thead><tr><th scope="col">No.</th><th scope="col">Passage</th><th scope="col" class="number">Score</th><th scope="col" class="number">By words</th><th scope="col" class="number">By meaning</th></tr></thead>
<tbody>${passages.map(row)}</tbody></table></div>`
}
${
  Object.keys(timings).length === 0
    ? ''
    : html`<h2>Where the time went</h2><figure id="times" hidden></figure>
<table class="times"><tbody>${Object.entries(timings).map(
        ([stage, ms]) =>
          html`<tr data-stage="${stage}"><th scope="row">${STAGES[stage] ?? stage}</th><td class="number">${ms} ms</td></tr>`,
      )}</tbody></table>`
}
<h2>The rest</h2>
<dl class="facts-list">${facts(view).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p><a href="/api/answers/${id}/trace">All of it as JSON</a></p>`;
  return plainPage({ title: 'Why this answer?', script: 'trace.js', main });
}

type Fact = [string, unknown];
const known = (facts: Fact[]) => facts.filter(([, value]) => value !== undefined && value !== null);

function tiles({ status, passages, timings, trace }: TraceView): Fact[] {
  const cited = passages.filter((passage) => passage.cited).length;
  const offered = passages.filter(({ n }) => n !== undefined).length;
  return known([
    ['Outcome', OUTCOMES[status] ?? status],
    [
      'Written by',
      trace?.model ??
        (trace?.answerer === 'quotes' && status === 'answered' ? 'nobody: passages were quoted' : 'nobody'),
    ],
    ['Passages', trace ? `${passages.length} found, ${offered} used, ${cited} cited` : undefined],
    ['Took', timings.total === undefined ? undefined : `${timings.total} ms`],
    ['Cost', costOf(trace)],
  ]);
}

function costOf(trace: TraceView['trace']): string | undefined {
  if (!trace) return undefined;
  if (trace.inputTokens === undefined) return 'Nothing: no model was asked';
  const tokens = `${trace.inputTokens} + ${trace.outputTokens} tokens`;
  return trace.cost === undefined ? tokens : `${trace.cost} (${tokens})`;
}

function facts({ id, answeredMs, trace }: TraceView): Fact[] {
  return known([
    ['Embedder', trace?.embedder],
    ['Only words were searched', trace?.wordsOnly],
    ['Language of the question', trace?.language],
    ['Suggestions refused by the database', trace?.refused],
    ['Answered', moment(answeredMs)],
    ['Trace', id],
  ]);
}

function row({ n, title, url, score, cited, words, vectors }: TracedPassage) {
  const name = title === undefined ? 'cannot be read any more' : title;
  return html`<tr>
<td>${n ?? ''}</td>
<td dir="auto">${url ? html`<a href="${url}" rel="noopener noreferrer" target="_blank">${name}</a>` : name}${cited ? html` <strong class="badge">cited</strong>` : ''}</td>
<td class="number">${score.toFixed(3)}</td>
<td class="number">${words ? html`#${words.rank}<span class="raw"> (${words.score.toFixed(2)})</span>` : '–'}</td>
<td class="number">${vectors ? html`#${vectors.rank}<span class="raw"> (${vectors.distance.toFixed(3)})</span>` : '–'}</td>
</tr>`;
}
