import { byId, scrollWithin } from './dom.js';

/** What the page's keys do, in the order in which they are listed. An action that has nothing to act on returns false. */
export function createActions({ thread, conversations, composer, begin }) {
  const main = byId('main');

  /** The question that is read: the last one that begins above the middle of the page, or that holds the keyboard. */
  function current() {
    const articles = thread.articles();
    const held = articles.find((article) => article.contains(document.activeElement));
    const middle = main.getBoundingClientRect().top + main.clientHeight / 2;
    return held ?? articles.findLast((article) => article.getBoundingClientRect().top < middle) ?? articles[0];
  }

  function go(by) {
    const articles = thread.articles();
    const to = articles[articles.indexOf(current()) + by];
    if (!to) return false;
    to.focus({ preventScroll: true });
    scrollWithin(main, to);
    return true;
  }

  function press(selector) {
    const button = current()?.querySelector(selector);
    button?.click();
    return button !== undefined && button !== null;
  }

  function visit(by) {
    const hash = conversations.beside(by);
    if (!hash) return false;
    location.hash = hash;
    return true;
  }

  return [
    { keys: ['/'], says: 'Ask', run: composer.focus },
    { keys: ['n'], says: 'New conversation', run: begin },
    { keys: ['s', 'mod+k'], says: 'Search the conversations', run: conversations.find },
    { keys: ['j'], says: 'Next question', run: () => go(1) },
    { keys: ['k'], says: 'Previous question', run: () => go(-1) },
    { keys: [']'], says: 'Next conversation', run: () => visit(1) },
    { keys: ['['], says: 'Previous conversation', run: () => visit(-1) },
    { keys: [...'123456789'], shown: ['1 – 9'], says: 'Open that source', run: (n) => press(`[data-n="${n}"]`) },
    { keys: ['+'], says: 'Good answer', run: () => press('[data-thumb="up"]') },
    { keys: ['-'], says: 'Bad answer', run: () => press('[data-thumb="down"]') },
  ];
}
