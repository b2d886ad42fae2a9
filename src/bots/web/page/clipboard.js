import { announce } from './dom.js';

const SHOWN_MS = 2000;

/** A press on `button` copies `element`: what it holds as `text()`, and as `html()` for programs that take it. */
export function copyOnPress(button, element, { text, html }) {
  const label = button.textContent;
  let back;
  button.addEventListener('click', async () => {
    const done = await copy(element, text(), html?.());
    announce(done ? 'Copied' : 'Selected. Copy it with the keys of your system.');
    button.textContent = done ? 'Copied' : 'Selected';
    clearTimeout(back);
    back = setTimeout(() => {
      button.textContent = label;
    }, SHOWN_MS);
  });
}

async function copy(element, text, html) {
  try {
    if (!html) await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
    return true;
  } catch {
    // Not allowed here (the page came over plain HTTP from another machine): the old way, or at least selected.
    getSelection().selectAllChildren(element);
    const done = document.execCommand('copy');
    if (done) getSelection().removeAllRanges();
    return done;
  }
}

/** The cells of a table with tabs between them, as spreadsheets take them. */
export function tableAsText(table) {
  const cell = ({ textContent }) => textContent.replace(/\s+/g, ' ').trim();
  return [...table.rows].map((row) => [...row.cells].map(cell).join('\t')).join('\n');
}

/** The table alone, without the page's classes and buttons. */
export function tableAsHtml(table) {
  const plain = document.createElement('table');
  for (const { cells } of table.rows) {
    const row = plain.insertRow();
    for (const { tagName, textContent } of cells) {
      const copied = document.createElement(tagName);
      copied.textContent = textContent.trim();
      row.append(copied);
    }
  }
  return new Blob([plain.outerHTML], { type: 'text/html' });
}
