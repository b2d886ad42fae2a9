import { call } from './api.js';
import { byId, h, moment, scrollWithin, sentence } from './dom.js';
import { passageView } from './passageView.js';

/** A pointer that only passes by opens nothing, and has time to move onto what it opened. */
const OPENS_AFTER_MS = 140;
const CLOSES_AFTER_MS = 220;
const GAP_PX = 6;
const EDGE_PX = 8;
const MOST_HEIGHT_PX = 272;

/**
 * The small card that shows a cited passage while its number is pointed at or has the keyboard. It can be pointed at
 * itself, and Escape takes it away (https://www.w3.org/TR/WCAG22/#content-on-hover-or-focus). What may be read is asked
 * anew each time. `attach(button, answerId, citation)`, `close()` (true when it was open).
 */
export function createPreview() {
  const card = h('div', { id: 'preview', role: 'tooltip', hidden: true });
  byId('main').append(card);
  let now;
  /** The number that the pointer is on, until its card is sent away. */
  let pointed;
  let timer;
  let turn = 0;

  function close() {
    pointed = undefined;
    return hide();
  }

  function hide() {
    clearTimeout(timer);
    turn++;
    const was = now;
    now = undefined;
    was?.removeAttribute('aria-describedby');
    card.hidden = true;
    return was !== undefined;
  }

  async function open(button, answerId, citation) {
    hide();
    const mine = turn;
    const name = h('p', { class: 'name', dir: 'auto' }, citation.title || `Source ${citation.n}`);
    try {
      const found = await call('GET', `answers/${answerId}/citations/${citation.n}?before=0&after=0`);
      if (mine !== turn || !button.isConnected) return;
      const when = found.atMs !== undefined && h('p', { class: 'facts' }, moment(found.atMs, found.kind));
      const cited = passageView(
        found.passages.find((passage) => passage.cited),
        found,
      );
      show(button, name, when, cited);
      scrollWithin(card, cited.querySelector('mark') ?? cited, 'middle');
    } catch (error) {
      if (mine === turn && button.isConnected) show(button, name, h('p', { class: 'soft' }, sentence(error.message)));
    }
  }

  function show(button, ...content) {
    now = button;
    // Pointed at, not walked through: what could be pressed in it is reached in the panel.
    card.replaceChildren(...content.filter(Boolean));
    for (const part of card.querySelectorAll('[tabindex]')) part.removeAttribute('tabindex');
    for (const part of card.querySelectorAll('a, button')) part.tabIndex = -1;
    card.hidden = false;
    button.setAttribute('aria-describedby', 'preview');
    place(button);
  }

  function place(button) {
    const at = button.getBoundingClientRect();
    // It never covers what it belongs to, so it is no higher than the larger of the two rooms.
    card.style.maxHeight = `${Math.min(MOST_HEIGHT_PX, Math.max(at.top, innerHeight - at.bottom) - GAP_PX - EDGE_PX)}px`;
    const { offsetWidth: width, offsetHeight: height } = card;
    const left = Math.min(Math.max(EDGE_PX, at.left + at.width / 2 - width / 2), innerWidth - width - EDGE_PX);
    const above = at.top - height - GAP_PX;
    card.style.left = `${left}px`;
    card.style.top = `${Math.max(EDGE_PX, above >= EDGE_PX || at.top > innerHeight - at.bottom ? above : at.bottom + GAP_PX)}px`;
  }

  function later(ms, what) {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  }

  card.addEventListener('pointerenter', () => clearTimeout(timer));
  card.addEventListener('pointerleave', () => later(CLOSES_AFTER_MS, close));
  addEventListener('resize', close);
  // What scrolls away takes the card with it, scrolling in the card itself does not; what the pointer is on once the
  // page stands still shows its own.
  const scrolled = ({ target }) => {
    if (target === card) return;
    hide();
    if (pointed) later(OPENS_AFTER_MS, () => pointed?.button.matches(':hover') && pointed.show());
  };
  addEventListener('scroll', scrolled, { capture: true, passive: true });

  return {
    close,
    attach(button, answerId, citation) {
      const show = () => open(button, answerId, citation);
      button.addEventListener('pointerenter', (event) => {
        // A finger does not hover: it presses, and that opens the panel.
        if (event.pointerType === 'touch') return clearTimeout(timer);
        pointed = { button, show };
        if (now === button) clearTimeout(timer);
        else later(OPENS_AFTER_MS, show);
      });
      button.addEventListener('pointerleave', () => {
        pointed = undefined;
        later(CLOSES_AFTER_MS, close);
      });
      button.addEventListener('focus', (event) => {
        // Given back by the panel that showed the same passage, it needs no card.
        const fromPanel = event.relatedTarget?.closest('#panel');
        if (!fromPanel && button.matches(':focus-visible')) show();
      });
      button.addEventListener('blur', close);
      button.addEventListener('click', close);
      return button;
    },
  };
}
