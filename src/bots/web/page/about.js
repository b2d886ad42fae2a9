import { call } from './api.js';
import { byId, h } from './dom.js';

/** Says where is looked, in the line below the box, and what could be asked. */
export async function showAbout(composer) {
  const { spaces, suggestions, status } = await call('GET', 'about');
  byId('status').replaceChildren(...sentences(spaces, status).map((sentence) => h('span', {}, sentence)));
  const choice = byId('space');
  choice.hidden = spaces.length < 2;
  choice.replaceChildren(
    h('option', { value: '' }, 'All spaces'),
    ...spaces.map(({ id, name }) => h('option', { value: id }, name)),
  );
  byId('suggestions').replaceChildren(
    ...suggestions.map((text) =>
      h('li', {}, h('button', { type: 'button', dir: 'auto', onclick: () => composer.submit(text) }, text)),
    ),
  );
  if (spaces.length === 0) {
    byId('welcome-text').replaceChildren(
      'Nothing has been read yet. Bring something in with ',
      h('code', {}, 'npx backscroll import PATH --space NAME'),
      ', then ask.',
    );
  }
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
