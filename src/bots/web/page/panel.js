import { call } from './api.js';
import { announce, byId, h, moment, outLink, scrollWithin, sentence, webAddress } from './dom.js';
import { passageView } from './passageView.js';

/** With every press on "Earlier" or "Later" so many passages more. */
const STEP = 5;
/** The server gives no more than this to either side; who wants more opens the original. */
const MOST = 60;

/** The panel that shows a cited passage in its place. `open(answerId, citation, opener)`, `close()`, `isOpen()`. */
export function createPanel() {
  const panel = byId('panel');
  const title = byId('panel-title');
  const facts = byId('panel-facts');
  const body = byId('panel-body');
  // It scrolls, so the keyboard has to reach it.
  body.tabIndex = 0;
  let opener;
  let turn = 0;

  function close() {
    if (panel.hidden) return;
    turn++;
    // The keyboard goes first: from a panel that is hidden already, nobody would know where it came from.
    if (opener?.isConnected) opener.focus();
    else byId('question').focus();
    panel.hidden = true;
    mark(undefined);
  }

  function mark(now) {
    for (const button of document.querySelectorAll('[data-open-source]')) delete button.dataset.openSource;
    if (now) now.dataset.openSource = '';
  }

  async function open(answerId, citation, by) {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    opener = by;
    mark(by);
    title.textContent = citation.title || `Source ${citation.n}`;
    facts.replaceChildren();
    body.replaceChildren(h('p', { class: 'soft' }, 'Opening …'));
    panel.hidden = false;
    title.focus({ preventScroll: true });
    const path = `answers/${answerId}/citations/${citation.n}`;
    try {
      const found = await call('GET', path);
      if (isCurrent()) show(found, path, isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      const again = h('button', { type: 'button', class: 'quiet' }, 'Try again');
      again.addEventListener('click', () => open(answerId, citation, by));
      body.replaceChildren(
        h('p', { class: 'trouble' }, sentence(error.message)),
        ...(error.status === 404 ? [] : [again]),
      );
    }
  }

  function show(found, path, isCurrent) {
    const { title: name, url, kind, atMs, more } = found;
    title.textContent = name;
    const address = webAddress(url);
    const said = atMs !== undefined && h('span', {}, kind === 'conversation' ? 'Said ' : 'As of ', moment(atMs, kind));
    facts.replaceChildren(...[said, address && outLink(address, 'Open the original')].filter(Boolean));
    const shown = found.passages.map((passage) => passageView(passage, found));
    const passages = h('div', { class: 'passages' }, ...shown);
    const reach = { before: -found.passages[0].at, after: found.passages.at(-1).at };
    const trouble = h('p', { class: 'trouble', role: 'alert' });
    const load = (side) => lengthen({ passages, reach, side, path, trouble, isCurrent, buttons });
    const buttons = {
      before: moreButton('Earlier', more.before, () => load('before')),
      after: moreButton('Later', more.after, () => load('after')),
    };
    body.replaceChildren(buttons.before, passages, buttons.after, trouble);
    const cited = passages.querySelector('.cited');
    scrollWithin(body, cited.querySelector('mark') ?? cited, 'middle');
  }

  /** Adds what stands before or after, and leaves what is being read where it is. */
  async function lengthen({ passages, reach, side, path, trouble, isCurrent, buttons }) {
    const wanted = { ...reach, [side]: Math.min(MOST, reach[side] + STEP) };
    buttons[side].disabled = true;
    trouble.textContent = '';
    try {
      const found = await call('GET', `${path}?before=${wanted.before}&after=${wanted.after}`);
      if (!isCurrent()) return;
      const isNew = ({ at }) => (side === 'before' ? at < -reach.before : at > reach.after);
      const added = found.passages.filter(isNew).map((passage) => passageView(passage, found));
      // Its words: the passage itself gets a line above once it is not the first.
      const first = passages.firstElementChild.firstElementChild;
      const topPx = first.getBoundingClientRect().top;
      if (side === 'before') passages.prepend(...added);
      else passages.append(...added);
      reach[side] = wanted[side];
      buttons[side].hidden = !found.more[side] || wanted[side] === MOST;
      // Measured after the button went, so that what is read stays where it was.
      if (side === 'before') body.scrollTop += first.getBoundingClientRect().top - topPx;
      const next = side === 'before' ? added.at(-1) : added[0];
      if (next) {
        next.tabIndex = -1;
        if (buttons[side].hidden) next.focus({ preventScroll: true });
      }
      announce(`${added.length} more passages`);
    } catch (error) {
      if (isCurrent()) trouble.textContent = error.message;
    }
    buttons[side].disabled = false;
    if (!buttons[side].hidden && isCurrent()) buttons[side].focus({ preventScroll: true });
  }

  byId('panel-close').addEventListener('click', close);
  return { open, close, isOpen: () => !panel.hidden };
}

function moreButton(label, isThere, onclick) {
  return h('button', { type: 'button', class: 'lengthen', hidden: !isThere, onclick }, label);
}
