import { html } from 'hono/html';
import type { CountedSource } from '../../store/sources.ts';
import type { SpaceRecord } from '../../store/spaces.ts';
import { day, moment, plainPage } from './plainPage.ts';
import { webAddress } from './views.ts';

const PLATFORMS: Readonly<Record<string, string>> = { slack: 'Slack', discord: 'Discord', local: 'Documents' };

/**
 * What answers can rest on, and how fresh it is.
 * @param sources those that the reader may read, and no others
 */
export function sourcesPage(deps: {
  readonly spaces: readonly SpaceRecord[];
  readonly sources: readonly CountedSource[];
  readonly importing: boolean;
}) {
  const { spaces, sources, importing } = deps;
  const filled = spaces
    .map((space) => ({ space, own: sources.filter(({ spaceId }) => spaceId === space.id) }))
    .filter(({ own }) => own.length > 0);
  const main = html`
<h1>Sources</h1>
<p class="lead">What answers in this chat can rest on: what everybody in these spaces may read, and nothing else.</p>
${importing ? html`<p class="notice">Something is being taken in at the moment: there will be more in a while.</p>` : ''}
${
  sources.length === 0
    ? html`<p class="notice">Nothing has been read yet. Bring something in with <code>npx backscroll import PATH --space NAME</code>.</p>`
    : html`<dl class="tiles">
${tile('Spaces', count(filled.length))}
${tile('Sources', count(sources.length))}
${tile('Documents', count(sum(sources.map(({ documents }) => documents))))}
${tile('Passages', count(sum(sources.map(({ passages }) => passages))))}
${tile('Taken in last', freshness(Math.max(...sources.map(({ changedMs }) => changedMs))))}
</dl>`
}
${filled.map(({ space, own }) => section(space, own))}`;
  return plainPage({ title: 'Sources', script: 'sources.js', main });
}

function section({ name, platform }: SpaceRecord, own: readonly CountedSource[]) {
  return html`<section class="space">
<h2><bdi>${name}</bdi> <small>${PLATFORMS[platform] ?? platform}</small></h2>
<div class="scroll" role="region" aria-label="Sources of ${name}" tabindex="0"><table class="sources-table">
<thead><tr><th scope="col">Source</th><th scope="col" class="number">Documents</th><th scope="col" class="number">Passages</th><th scope="col">Newest</th><th scope="col">Taken in</th></tr></thead>
<tbody>${own.map(row)}</tbody></table></div>
</section>`;
}

function row({ name, url, kind, documents, passages, newestUs, changedMs }: CountedSource) {
  const address = url === undefined ? '' : webAddress(url);
  const shown = html`<bdi>${name}</bdi>`;
  return html`<tr data-name="${name}">
<th scope="row">${address ? html`<a href="${address}" rel="noopener noreferrer" target="_blank">${shown}</a>` : shown}${kind === 'folder' ? html` <small>folder</small>` : ''}</th>
<td class="number">${count(documents)}</td>
<td class="number">${count(passages)}</td>
<td>${newestUs === undefined ? '–' : day(Math.floor(newestUs / 1000))}</td>
<td>${freshness(changedMs)}</td>
</tr>`;
}

function freshness(ms: number) {
  return html`<span class="fresh">${moment(ms)}</span>`;
}

function tile(name: string, value: unknown) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function count(n: number): string {
  return n.toLocaleString('en');
}
