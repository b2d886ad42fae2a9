import { call } from './api.js';
import { byId, h } from './dom.js';

const count = byId('count');
const trouble = byId('trouble');
let left = 0;

function tell() {
  count.textContent =
    left === 0
      ? 'Nothing waits for a decision.'
      : left === 1
        ? 'One answer waits for a decision.'
        : `${left} answers wait for a decision.`;
}

/** One doubtful answer: what was asked, answered and said of it, and what can be decided. */
function item(doubt) {
  const correction = doubt.corrections.at(-1);
  const text = h('textarea', { rows: 6, dir: 'auto', 'aria-label': 'What it should have said' });
  text.value = correction ?? doubt.answer;
  const title = h('h2', { dir: 'auto', tabindex: '-1' }, doubt.question);
  const choices = [
    doubt.proposal && ['Agree', { decision: doubt.proposal }, agreeing(doubt, correction)],
    doubt.proposal !== 'good' && ['Good', { decision: 'good' }, 'the answer is good'],
    (doubt.proposal !== 'bad' || correction) && ['Bad', { decision: 'bad' }, 'the answer is bad'],
    ['Discard', { decision: 'discard' }, 'it teaches nothing'],
  ].filter(Boolean);
  const buttons = choices.map(([name, verdict, why]) => button(name, why, () => verdict));
  const edit = button('Save what it should have said', undefined, () => ({ decision: 'edit', text: text.value }));
  const section = h(
    'section',
    {},
    title,
    h('p', { dir: 'auto', class: 'answered' }, doubt.answer),
    ...doubt.corrections.map((said) => h('p', { dir: 'auto' }, h('strong', {}, 'Correction: '), said)),
    h(
      'p',
      {},
      `${doubt.why}: ${doubt.up} up, ${doubt.down} down${doubt.reasons.length ? ` (${doubt.reasons.join(', ')})` : ''}`,
    ),
    h('div', { class: 'row' }, ...buttons),
    h('details', {}, h('summary', {}, 'Edit'), text, h('div', { class: 'row' }, edit)),
  );

  function button(name, why, verdict) {
    const label = why ? `${name}: ${why}` : name;
    return h('button', { type: 'button', class: 'quiet', onclick: () => decide(verdict()) }, label);
  }
  async function decide(verdict) {
    trouble.textContent = '';
    const all = section.querySelectorAll('button');
    for (const one of all) one.disabled = true;
    try {
      await call('PUT', `review/${encodeURIComponent(doubt.answerId)}`, verdict);
      left--;
      const next = section.nextElementSibling ?? section.previousElementSibling;
      section.remove();
      tell();
      (next?.querySelector('h2') ?? count).focus();
    } catch (error) {
      trouble.textContent = error.message;
      for (const one of all) one.disabled = false;
    }
  }
  return section;
}

function agreeing(doubt, correction) {
  if (correction) return 'the last correction is right';
  return doubt.proposal === 'good' ? 'the answer is good' : 'the answer is bad';
}

try {
  const { total, items } = await call('GET', 'review');
  left = total;
  tell();
  byId('items').append(...items.map(item));
} catch (error) {
  count.textContent = '';
  trouble.textContent = error.message;
}
