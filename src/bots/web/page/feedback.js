import { call, uuid } from './api.js';
import { byId, h, icon } from './dom.js';

/**
 * The row below an answer: thumbs, "What should it have said?", "Why this answer?". What was said of the answer is shown as
 * kept only after the server confirmed it.
 */
export function feedbackRow(answer, correct) {
  let vote = answer.vote;
  let correction = answer.correction;
  let busy = false;
  let failed;
  const saved = h('span', { class: 'saved', role: 'status' });
  const thumbs = [
    ['up', 'Good answer'],
    ['down', 'Bad answer'],
  ].map(([value, label]) => ({
    value,
    button: h(
      'button',
      { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick: () => press(value) },
      icon(value),
    ),
  }));
  const say = h('button', { type: 'button', class: 'link', onclick: () => openCorrection(say) });

  function show() {
    for (const { value, button } of thumbs) button.setAttribute('aria-pressed', String(vote === value));
    say.textContent = correction ? 'Change your correction' : 'What should it have said?';
  }
  function confirm(text) {
    saved.classList.remove('trouble');
    saved.textContent = text;
  }

  async function press(value) {
    if (busy) return;
    busy = true;
    const wanted = vote === value ? 'withdrawn' : value;
    // What did not arrive, or whose confirmation did not, is sent again as the same event.
    const eventId = failed?.wanted === wanted ? failed.eventId : uuid();
    saved.textContent = '';
    try {
      vote = (await call('PUT', `answers/${answer.id}/vote`, { eventId, value: wanted })).vote;
      failed = undefined;
      confirm(wanted === 'withdrawn' ? 'Taken back' : 'Saved');
    } catch (error) {
      failed = { wanted, eventId };
      saved.classList.add('trouble');
      saved.textContent = `Not saved. ${error.message}`;
    }
    busy = false;
    show();
    if (vote === 'down' && wanted === 'down' && !correction) openCorrection(thumbs[1].button);
  }

  function openCorrection(opener) {
    correct(answer.id, correction ?? '', opener, (present) => {
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
  return h('div', { class: 'feedback' }, ...thumbs.map(({ button }) => button), say, why, saved);
}

/** The dialog for corrections. What it returns opens it: `(answerId, text, opener, done)`. */
export function createCorrectionDialog() {
  const dialog = byId('correction');
  const text = byId('correction-text');
  const trouble = dialog.querySelector('.trouble');
  const save = dialog.querySelector('[type=submit]');
  let now;

  byId('correction-cancel').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => now?.opener.isConnected && now.opener.focus());
  dialog.querySelector('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (save.disabled) return;
    const mine = now;
    // A correction whose confirmation was lost is sent again as the same event.
    if (mine.sent?.text !== text.value) mine.sent = { text: text.value, eventId: uuid() };
    save.disabled = true;
    trouble.textContent = '';
    try {
      const present = await call('POST', `answers/${mine.answerId}/correction`, mine.sent);
      dialog.close();
      mine.done(present);
    } catch (error) {
      trouble.textContent = error.message;
    }
    save.disabled = false;
  });

  return (answerId, before, opener, done) => {
    now = { answerId, opener, done };
    text.value = before;
    trouble.textContent = '';
    dialog.showModal();
    text.focus();
  };
}
