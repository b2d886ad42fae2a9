import { call } from './api.js';
import { byId, h } from './dom.js';

const LOOKS_AGAIN_MS = 2_000;
const WELCOME = byId('welcome-text').textContent;

let timer;
/** What is shown, so that what somebody is about to press stays as long as it is the same. */
let shown = {};

/**
 * Says where is looked, in the line below the box, and what could be asked; while something is being read, again and
 * again until it is in.
 */
export async function showAbout(composer) {
  clearTimeout(timer);
  const { spaces, suggestions, status } = await call('GET', 'about');
  byId('status').replaceChildren(...sentences(spaces, status).map((sentence) => h('span', {}, sentence)));
  const next = { spaces: JSON.stringify(spaces), suggestions: JSON.stringify(suggestions) };
  if (next.spaces !== shown.spaces) showSpaces(spaces);
  if (next.suggestions !== shown.suggestions) showSuggestions(suggestions, composer);
  shown = next;
  byId('welcome-text').replaceChildren(...welcome(spaces, status));
  if (status.importing) timer = setTimeout(() => showAbout(composer).catch(() => {}), LOOKS_AGAIN_MS);
}

function showSpaces(spaces) {
  const choice = byId('space');
  const { value } = choice;
  choice.hidden = spaces.length < 2;
  choice.replaceChildren(
    h('option', { value: '' }, 'All spaces'),
    ...spaces.map(({ id, name }) => h('option', { value: id }, name)),
  );
  choice.value = spaces.some(({ id }) => id === value) ? value : '';
}

function showSuggestions(suggestions, composer) {
  byId('suggestions').replaceChildren(
    ...suggestions.map((text) =>
      h('li', {}, h('button', { type: 'button', dir: 'auto', onclick: () => composer.submit(text) }, text)),
    ),
  );
}

function welcome(spaces, { importing }) {
  if (spaces.length > 0) return [WELCOME];
  if (importing) return ['Still reading. What can be asked appears here in a moment.'];
  const command = h('code', {}, 'npx backscroll import PATH --space NAME');
  return ['Nothing has been read yet. Bring something in with ', command, ', then ask.'];
}

function sentences(spaces, { passages, importing, wordsOnly, model }) {
  const names = spaces.map(({ name }) => name);
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return [
    shown.length > 0 && `Looks in ${shown.join(', ')}`,
    passages > 0 && `${passages.toLocaleString()} passages`,
    model ? `answers by ${model}` : 'quotes what it finds',
    wordsOnly && 'searches words only at the moment, not meaning',
    importing && 'still reading: there will be more in a while',
  ].filter(Boolean);
}
