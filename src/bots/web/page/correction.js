import { call, uuid } from './api.js';
import { byId, sentence } from './dom.js';

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
      trouble.replaceChildren(sentence(error.message));
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
