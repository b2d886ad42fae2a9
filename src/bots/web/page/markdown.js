import { blocks } from './blocks.js';
import { copyOnPress, tableAsHtml, tableAsText } from './clipboard.js';
import { direction, h } from './dom.js';
import { inline } from './inline.js';

const DEEPEST = 8;

/**
 * Shows Markdown in `container`: a safe part of it, made of DOM nodes only. What is there already and has not changed
 * stays, so that a growing answer neither flickers nor loses what somebody selected in it.
 * For `options` see `inline`.
 */
export function showMarkdown(container, source, options = {}) {
  const found = blocks(source);
  const before = [...container.children];
  let same = 0;
  while (same < found.length && before[same]?.dataset.block === found[same].source) same++;
  for (const gone of before.slice(same)) gone.remove();
  for (const block of found.slice(same)) {
    const element = render(block, options, 0);
    element.dataset.block = block.source;
    container.append(element);
  }
}

function render(block, options, depth) {
  const within = (text) => inline(text, options);
  switch (block.kind) {
    case 'code':
      return codeBlock(block);
    case 'heading':
      return h('h3', { dir: 'auto' }, ...within(block.text));
    case 'rule':
      return h('hr');
    case 'quote':
      return quote(nested(block.text, options, depth), direction(block.text));
    case 'list': {
      // The marks of a list stand on one side; each item's own words run their own way: see the style sheet.
      const dir = direction(block.items.join(' '));
      const items = block.items.map((text) => h('li', {}, ...tight(nested(text, options, depth))));
      return block.ordered ? h('ol', { dir, start: block.start }, ...items) : h('ul', { dir }, ...items);
    }
    case 'table':
      return tableBlock(block, within);
    default:
      return h('p', { dir: 'auto' }, ...within(block.text));
  }
}

function nested(text, options, depth) {
  if (depth >= DEEPEST) return [document.createTextNode(text)];
  return blocks(text).map((block) => render(block, options, depth + 1));
}

/** Who said it, in a last line that begins with a dash, is set off from what was said. */
function quote(nodes, dir) {
  const last = nodes.length > 1 ? nodes.at(-1) : undefined;
  if (last?.tagName === 'P' && last.textContent.startsWith('— ')) last.className = 'by';
  return h('blockquote', { dir }, ...nodes);
}

/** An item of one paragraph is shown without the paragraph's room. */
function tight(nodes) {
  return nodes[0]?.tagName === 'P' ? [...nodes[0].childNodes, ...nodes.slice(1)] : nodes;
}

function codeBlock({ text, language }) {
  const code = h('code', {}, text);
  const label = language ? `Code, ${language}` : 'Code';
  const pre = h('pre', { tabindex: 0, role: 'region', 'aria-label': label, dir: 'ltr' }, code);
  const copy = copyButton('Copy code');
  copyOnPress(copy, code, { text: () => code.textContent });
  return h('div', { class: 'code' }, h('div', { class: 'head' }, h('span', {}, language), copy), pre);
}

function tableBlock({ rows, source }, within) {
  const [head, ...body] = rows;
  const row = (tag) => (cells) => h('tr', {}, ...cells.map((cell) => h(tag, {}, ...within(cell))));
  const table = h('table', {}, h('thead', {}, row('th')(head)));
  table.append(h('tbody', {}, ...body.map(row('td'))));
  const copy = copyButton('Copy table');
  copyOnPress(copy, table, { text: () => tableAsText(table), html: () => tableAsHtml(table) });
  const scroll = h('div', { class: 'scroll', role: 'region', 'aria-label': 'Table', tabindex: 0 }, table);
  return h(
    'div',
    { class: 'tabular', dir: direction(source) },
    h('div', { class: 'head' }, h('span', {}, 'Table'), copy),
    scroll,
  );
}

function copyButton(label) {
  return h('button', { type: 'button', class: 'copy' }, label);
}
