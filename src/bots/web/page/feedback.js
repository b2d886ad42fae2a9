import { call, uuid } from './api.js';
import { h, icon } from './dom.js';

const THUMBS = [
  ['up', 'Good answer'],
  ['down', 'Bad answer'],
];
const REASONS = [
  ['wrong-sources', 'Wrong sources'],
  ['out-of-date', 'Out of date'],
  ['incomplete', 'Incomplete'],
  ['wrong', 'Wrong'],
  ['other', 'Something else'],
];

/**
 * The row below an answer: thumbs, "What should it have said?", "Why this answer?", and what is wrong with it once the
 * thumb is down. What was said of the answer is shown as kept only after the server confirmed it.
 */
export function feedbackRow(answer, correct) {
  let { vote, reason, correction } = answer;
  let busy = false;
  let failed;
  const saved = h('span', { class: 'saved', role: 'status' });
  const toggle = ([value, label], props, ...content) => ({
    value,
    button: h('button', { type: 'button', 'aria-label': label, ...props }, ...content),
  });
  const thumbs = THUMBS.map(([value, label]) =>
    toggle(
      [value, label],
      { class: 'icon', title: label, 'data-thumb': value, onclick: () => send(vote === value ? 'withdrawn' : value) },
      icon(value),
    ),
  );
  const chips = REASONS.map(([value, label]) =>
    toggle([value, label], { class: 'chip', onclick: () => send('down', reason === value ? undefined : value) }, label),
  );
  const reasons = h('div', { class: 'reasons', role: 'group', 'aria-label': 'What is wrong with it?' });
  reasons.append(h('span', {}, 'What is wrong with it?'), ...chips.map(({ button }) => button));
  const say = h('button', { type: 'button', class: 'link', onclick: openCorrection });

  function show() {
    for (const { value, button } of thumbs) button.setAttribute('aria-pressed', String(vote === value));
    for (const { value, button } of chips) button.setAttribute('aria-pressed', String(reason === value));
    reasons.hidden = vote !== 'down';
    say.textContent = correction ? 'Change your correction' : 'What should it have said?';
  }
  function confirm(text) {
    saved.classList.remove('trouble');
    saved.textContent = text;
  }

  async function send(value, because) {
    if (busy) return;
    busy = true;
    // What did not arrive, or whose confirmation did not, is sent again as the same event.
    const isSame = failed?.value === value && failed.reason === because;
    const event = isSame ? failed : { eventId: uuid(), value, ...(because ? { reason: because } : {}) };
    saved.textContent = '';
    try {
      ({ vote, reason } = await call('PUT', `answers/${answer.id}/vote`, event));
      failed = undefined;
      confirm(value === 'withdrawn' ? 'Taken back' : 'Saved');
    } catch (error) {
      failed = event;
      saved.classList.add('trouble');
      saved.textContent = `Not saved. ${error.message}`;
    }
    busy = false;
    show();
  }

  function openCorrection() {
    correct(answer.id, correction ?? '', say, (present) => {
      correction = present.correction;
      confirm('Saved. Thank you.');
      show();
    });
  }

  show();
  const why = h(
    'a',
    { class: 'link', href: `/trace/${answer.id}`, target: '_blank', rel: 'noopener' },
    'Why this answer?',
  );
  return h('div', { class: 'feedback' }, ...thumbs.map(({ button }) => button), say, why, saved, reasons);
}
