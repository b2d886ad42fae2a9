import { call } from './api.js';
import { byId, h } from './dom.js';

/** The server is asked when the typing pauses. */
const PAUSE_MS = 180;

/**
 * The list of conversations, and the search in it: titles at once, then, from the server, everything that was asked and
 * answered. On a phone it lies behind a button.
 */
export function createConversations() {
  const side = byId('side');
  const menu = byId('menu');
  const list = byId('threads');
  const box = byId('find');
  const outcome = byId('found');
  let marked;
  let threads = [];
  let turn = 0;
  let timer;

  function toggle(open) {
    const had = isOpen();
    side.classList.toggle('open', open);
    menu.setAttribute('aria-expanded', String(open));
    if (open) (list.querySelector('a') ?? side.querySelector('button')).focus();
    else if (had) menu.focus();
  }

  function mark(threadId) {
    marked = threadId;
    for (const link of list.querySelectorAll('a')) {
      if (link.hash === `#${threadId}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  function show(found) {
    list.replaceChildren(
      ...found.map(({ id, title, snippet }) => {
        const link = h('a', { href: `#${id}` }, h('span', { dir: 'auto' }, title || 'A removed question'));
        if (snippet) {
          const [before, word, after] = snippet;
          link.append(h('small', { dir: 'auto' }, before, h('mark', {}, word), after));
        }
        return h('li', {}, link);
      }),
    );
    mark(marked);
  }

  async function refresh(threadId = marked) {
    marked = threadId;
    const known = await call('GET', 'threads').catch(() => undefined);
    if (!known) return;
    ({ threads } = known);
    if (box.value.trim() === '') show(threads);
    else mark(threadId);
  }

  function search() {
    clearTimeout(timer);
    const mine = ++turn;
    const words = box.value.trim();
    if (words === '') {
      outcome.textContent = '';
      return show(threads);
    }
    const plain = words.toLowerCase().split(/\s+/);
    show(threads.filter(({ title }) => plain.every((word) => title.toLowerCase().includes(word))));
    timer = setTimeout(async () => {
      const found = await call('GET', `threads?q=${encodeURIComponent(words)}`).catch((error) => ({ error }));
      if (mine !== turn) return;
      if (found.error) outcome.textContent = found.error.message;
      else {
        show(found.threads);
        outcome.textContent = sentence(found.threads.length);
      }
    }, PAUSE_MS);
  }

  /** Takes the search back; false when there was none. */
  function clear() {
    if (box.value === '') return false;
    box.value = '';
    search();
    return true;
  }

  box.addEventListener('input', search);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && clear()) event.stopPropagation();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      const first = list.querySelector('a');
      if (event.key === 'Enter') first?.click();
      else first?.focus();
    }
  });
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...list.querySelectorAll('a')];
    const to = links.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (to < 0) box.focus();
    else links[to]?.focus();
  });
  menu.addEventListener('click', () => toggle(!isOpen()));
  const isOpen = () => side.classList.contains('open');
  document.addEventListener('click', ({ target }) => {
    if (isOpen() && (target.closest('#side a') || !target.closest('#side, #menu'))) toggle(false);
  });
  return {
    refresh,
    mark,
    hide: () => isOpen() && toggle(false),
    find() {
      if (menu.checkVisibility()) toggle(true);
      box.focus();
      box.select();
    },
    /** The address of the conversation `by` places below the marked one. */
    beside(by) {
      const links = [...list.querySelectorAll('a')];
      const at = links.findIndex((link) => link.hasAttribute('aria-current'));
      return links[at < 0 ? 0 : at + by]?.hash;
    },
  };
}

function sentence(count) {
  if (count === 0) return 'Nothing like it was asked or answered.';
  return count === 1 ? 'One conversation' : `${count} conversations`;
}
