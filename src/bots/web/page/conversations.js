import { call } from './api.js';
import { byId, h } from './dom.js';

/** The list of conversations; on a phone it lies behind a button. */
export function createConversations() {
  const side = byId('side');
  const menu = byId('menu');
  const list = byId('threads');
  let marked;

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

  async function refresh(threadId = marked) {
    const { threads } = await call('GET', 'threads').catch(() => ({}));
    if (!threads) return;
    list.replaceChildren(
      ...threads.map(({ id, title }) =>
        h('li', {}, h('a', { href: `#${id}`, dir: 'auto' }, title || 'A removed question')),
      ),
    );
    mark(threadId);
  }

  menu.addEventListener('click', () => toggle(!isOpen()));
  const isOpen = () => side.classList.contains('open');
  document.addEventListener('click', ({ target }) => {
    if (isOpen() && (target.closest('#side a') || !target.closest('#side, #menu'))) toggle(false);
  });
  return { refresh, mark, hide: () => isOpen() && toggle(false) };
}
