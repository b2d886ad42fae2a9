import { call } from './api.js';
import { byId, h, moment, outLink, webAddress } from './dom.js';
import { highlight } from './highlight.js';
import { showMarkdown } from './markdown.js';

/** The panel that shows a cited passage in its place. `open(answerId, citation, opener)`, `close()`. */
export function createPanel() {
  const panel = byId('panel');
  const title = byId('panel-title');
  const body = byId('panel-body');
  // It scrolls, so the keyboard has to reach it.
  body.tabIndex = 0;
  let opener;
  let turn = 0;

  function close() {
    if (panel.hidden) return;
    turn++;
    panel.hidden = true;
    mark(undefined);
    if (opener?.isConnected) opener.focus();
    else byId('question').focus();
  }

  function mark(now) {
    for (const button of document.querySelectorAll('[data-open-source]')) delete button.dataset.openSource;
    if (now) now.dataset.openSource = '';
  }

  async function open(answerId, citation, by) {
    const mine = ++turn;
    opener = by;
    mark(by);
    title.textContent = citation.title || `Source ${citation.n}`;
    body.replaceChildren(h('p', { class: 'soft' }, 'Opening …'));
    panel.hidden = false;
    title.focus();
    try {
      const passage = await call('GET', `answers/${answerId}/citations/${citation.n}`);
      if (mine === turn) show(passage);
    } catch (error) {
      if (mine !== turn) return;
      const again = h(
        'button',
        { type: 'button', class: 'quiet', onclick: () => open(answerId, citation, by) },
        'Try again',
      );
      body.replaceChildren(h('p', { class: 'trouble' }, error.message), ...(error.status === 404 ? [] : [again]));
    }
  }

  function show({ title: name, url, kind, atMs, quote, passages, people }) {
    title.textContent = name;
    const address = webAddress(url);
    const facts = [
      atMs === undefined ? undefined : h('span', {}, kind === 'conversation' ? 'Said ' : 'As of ', moment(atMs)),
      address && outLink(address, 'Open the original'),
    ];
    const shown = passages.map(({ text, cited }) => {
      const element = h('div', { class: cited ? 'passage cited' : 'passage' });
      showMarkdown(element, text, { breaks: kind === 'conversation' });
      if (kind === 'conversation') nameSpeakers(element, people);
      return element;
    });
    body.replaceChildren(h('p', { class: 'facts' }, ...facts), ...shown);
    const cited = shown[passages.findIndex((passage) => passage.cited)];
    const first = cited && highlight(cited, quote);
    (first ?? cited)?.scrollIntoView({ block: 'center' });
  }

  byId('panel-close').addEventListener('click', close);
  return { open, close };
}

/** Sets off who speaks: a person's name and a colon at the beginning of a line. */
function nameSpeakers(element, people) {
  const starts = [...element.querySelectorAll('p, br')];
  for (const start of starts) {
    const node = start.tagName === 'BR' ? start.nextSibling : start.firstChild;
    const name = node?.nodeType === Node.TEXT_NODE && people.find((one) => node.data.startsWith(`${one}:`));
    if (!name) continue;
    node.splitText(name.length + 1);
    node.replaceWith(h('b', { class: 'speaker' }, `${name}:`));
  }
}
