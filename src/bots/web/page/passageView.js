import { h } from './dom.js';
import { highlight } from './highlight.js';
import { showMarkdown } from './markdown.js';

/**
 * A passage as people read it: who speaks set off, and in the cited one the words that were quoted marked.
 * `document` is what the server says of a citation.
 */
export function passageView({ text, cited, at }, { kind, people, quote }) {
  const element = h('div', { class: cited ? 'passage cited' : 'passage', 'data-at': at });
  showMarkdown(element, text, { breaks: kind === 'conversation' });
  if (kind === 'conversation') nameSpeakers(element, people);
  if (cited) highlight(element, quote);
  return element;
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
