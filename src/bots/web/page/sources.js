import { h } from './dom.js';
import { ownMoments } from './moments.js';

/** A list that is seen at a glance needs no filter. */
const WORTH_FILTERING = 6;

ownMoments();
const rows = [...document.querySelectorAll('tr[data-name]')];
if (rows.length > WORTH_FILTERING) offerFilter();

function offerFilter() {
  const box = h('input', {
    type: 'search',
    id: 'filter',
    placeholder: 'Filter by name',
    'aria-label': 'Filter by name',
  });
  const outcome = h('p', { class: 'unseen', role: 'status' });
  box.addEventListener('input', () => {
    const words = box.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.dataset.name.toLowerCase().includes(words);
    for (const space of document.querySelectorAll('.space'))
      space.hidden = !space.querySelector('tr[data-name]:not([hidden])');
    outcome.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} sources`;
  });
  document.querySelector('.space').before(h('div', { class: 'filter' }, box, outcome));
}
