import { h, moment, outLink, webAddress } from './dom.js';
import { feedbackRow } from './feedback.js';
import { showMarkdown } from './markdown.js';

const SLOW_MS = 12_000;

/**
 * One question with its answer, as it grows. `question` is `{id, text, askedMs, answer?, shown?}`; `show` is called with
 * what is known of it whenever that is more.
 */
export function createAnswer({ openSource, preview, correct, askAgain }) {
  const title = h('h2', { dir: 'auto' });
  const when = h('p', { class: 'when' });
  const text = h('div', { class: 'text' });
  const waiting = h('p', { class: 'waiting' }, 'Looking through what was said …');
  const below = h('div', { class: 'below' });
  const element = h('article', { 'aria-busy': 'true', tabindex: -1 }, title, when, text, waiting, below);
  let slow = setTimeout(() => {
    waiting.textContent = 'Still at it. This takes longer than usual …';
  }, SLOW_MS);
  let settled = false;

  function cite(answer) {
    const sources = new Map((answer?.citations ?? []).map((citation) => [citation.n, citation]));
    return (n) => {
      const citation = sources.get(n);
      // While the answer is being written its sources are not known yet: the number stands there, and does nothing.
      if (!citation) return answer ? undefined : h('span', { class: 'cite' }, String(n));
      const label = `Source ${n}: ${citation.title}`;
      const open = (event) => openSource(answer.id, citation, event.currentTarget);
      const button = h('button', { type: 'button', class: 'cite', 'aria-label': label, onclick: open }, String(n));
      preview.attach(button, answer.id, citation);
      return button;
    };
  }

  function show({ text: asked, askedMs, answer, shown = '' }) {
    if (settled) return;
    title.textContent = asked || 'A removed question';
    title.classList.toggle('soft', asked === '');
    when.replaceChildren(moment(askedMs));
    if (!answer) {
      showMarkdown(text, shown, { breaks: true, cite: cite(undefined) });
      waiting.classList.toggle('more', shown !== '');
      return;
    }
    settled = true;
    clearTimeout(slow);
    slow = undefined;
    waiting.remove();
    element.classList.add(answer.status);
    text.replaceChildren();
    if (answer.erased) text.append(farewell(asked));
    else showMarkdown(text, answer.text, { breaks: true, cite: cite(answer) });
    setOffNotes();
    below.replaceChildren(...sourceList(answer), ...lastRow(answer, asked));
    // Only now is it read out, as a whole.
    element.setAttribute('aria-busy', 'false');
  }

  /** When a whole source goes, the questions that it answered may have gone with it. */
  function farewell(asked) {
    const sentences = ['The words of this answer were taken away, because something that it rested on was removed.'];
    if (asked) sentences.push('Asked again, the question is answered from what is there now.');
    return h('p', { class: 'gone' }, sentences.join(' '));
  }

  /** What the answer says of how it came about stands in its last paragraphs, each all in italics. */
  function setOffNotes() {
    for (let last = text.lastElementChild; last?.tagName === 'P'; last = last.previousElementSibling) {
      const [only, ...more] = last.childNodes;
      if (more.length > 0 || only?.nodeName !== 'EM') break;
      last.classList.add('note');
    }
  }

  function sourceList(answer) {
    if (answer.erased || answer.citations.length === 0) return [];
    const rows = answer.citations.map((citation) => {
      const { n, url, title: name } = citation;
      const open = (event) => openSource(answer.id, citation, event.currentTarget);
      const address = webAddress(url);
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', class: 'source', 'data-n': n, onclick: open },
          h('span', { class: 'number' }, `${n}`),
          h('span', { dir: 'auto' }, name),
        ),
        address && originalLink(address, name),
      );
    });
    return [h('ol', { class: 'sources', 'aria-label': 'Sources' }, ...rows)];
  }

  function originalLink(address, name) {
    const link = outLink(address, h('span', { class: 'unseen' }, `${name}: `), 'original');
    link.className = 'original';
    return link;
  }

  function lastRow(answer, asked) {
    const again = h('button', { type: 'button', class: 'quiet', onclick: () => askAgain(asked) }, 'Ask again');
    const why = h(
      'a',
      { class: 'link', href: `/trace/${answer.id}`, target: '_blank', rel: 'noopener' },
      'What happened?',
    );
    if (answer.status === 'failed') return [h('div', { class: 'feedback' }, again, why)];
    if (answer.erased) return asked ? [h('div', { class: 'feedback' }, again)] : [];
    return [feedbackRow(answer, correct)];
  }

  return { element, show, isSettled: () => settled };
}
