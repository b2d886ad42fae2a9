import { uuid } from './api.js';
import { byId, h, sentence } from './dom.js';

const MOST_HEIGHT_PX = 240;

/**
 * The box for questions. `onAsk({id, text, space})` rejects with a sentence when the question did not arrive; then the text
 * stays where it is, and asking it again is the same question.
 */
export function createComposer({ onAsk }) {
  const form = byId('ask');
  const box = byId('question');
  const space = byId('space');
  const send = form.querySelector('.send');
  const trouble = byId('trouble');
  let failed;
  let busy = false;

  function grow() {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, MOST_HEIGHT_PX)}px`;
  }

  async function submit(text = box.value) {
    const asked = text.trim();
    if (busy || asked === '') return;
    busy = true;
    send.disabled = true;
    trouble.replaceChildren();
    const question =
      failed?.text === asked && failed.space === space.value ? failed : { id: uuid(), text: asked, space: space.value };
    try {
      await onAsk(question);
      failed = undefined;
      if (box.value.trim() === asked) box.value = '';
      grow();
    } catch (error) {
      failed = question;
      if (box.value.trim() === '') box.value = text;
      grow();
      const again = h('button', { type: 'button', class: 'quiet', onclick: () => submit() }, 'Try again');
      trouble.replaceChildren(sentence(error.message), again);
    }
    busy = false;
    send.disabled = false;
    box.focus();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener('input', grow);
  box.addEventListener('keydown', (event) => {
    // Enter that picks a word of an input method (Chinese, Japanese …) sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });

  return { submit, focus: () => box.focus() };
}
