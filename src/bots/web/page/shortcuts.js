import { byId, h } from './dom.js';

const STORED = 'backscroll-shortcuts';

/**
 * Keys for what is done often, and the dialog that lists them. `actions` is a list of `{keys, shown?, says, run}`; a key is
 * one character, or `mod+` and one. Single characters work outside of text boxes only, and can be switched off
 * (https://www.w3.org/TR/WCAG22/#character-key-shortcuts); the choice is kept in this browser.
 */
export function createShortcuts(actions) {
  const dialog = byId('shortcuts');
  const on = byId('shortcuts-on');
  const isMac = /Mac|iP(?:hone|ad)/.test(navigator.platform);
  on.checked = stored() !== 'off';

  const all = [...actions, { keys: ['?'], says: 'This list', run: show }];
  byId('shortcuts-list').replaceChildren(
    ...all.map(({ keys, shown = keys.map(nameOf), says }) => line(shown, says)),
    line(['Esc'], 'Close what lies on top'),
  );

  function nameOf(key) {
    return key.startsWith('mod+') ? `${isMac ? '⌘' : 'Ctrl '}${key.slice(4).toUpperCase()}` : key;
  }

  function show() {
    dialog.showModal();
  }

  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector('dialog[open]')) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (!mod && (event.ctrlKey || event.metaKey)) return;
    if (!mod && (!on.checked || event.target.closest('input, textarea, select'))) return;
    const pressed = mod ? `mod+${event.key.toLowerCase()}` : event.key;
    const action = all.find(({ keys }) => keys.includes(pressed));
    // What has nothing to act on leaves the key to the browser.
    if (!action || action.run(pressed) === false) return;
    event.preventDefault();
  });
  on.addEventListener('change', () => store(on.checked ? 'on' : 'off'));
  byId('shortcuts-open').addEventListener('click', show);
  byId('shortcuts-close').addEventListener('click', () => dialog.close());
}

function line(keys, says) {
  return h('div', {}, h('dt', {}, ...keys.map((key) => h('kbd', {}, key))), h('dd', {}, says));
}

function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // not every browser lets a page keep something
  }
}

function store(value) {
  try {
    localStorage.setItem(STORED, value);
  } catch {}
}
