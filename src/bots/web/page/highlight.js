import { h } from './dom.js';
import { showMarkdown } from './markdown.js';

/**
 * Marks the words of `quote` (Markdown) within an element, whatever tags and line breaks lie between them. Of a quote with
 * gaps (`…`) each piece is marked; of one that is not there as a whole (rows of a table that do not follow one another)
 * each line. Returns the first mark, or undefined when the words are not there.
 */
export function highlight(element, quote) {
  let first;
  const mark = (words) => {
    const marked = markWords(element, words);
    first ??= marked;
  };
  for (const piece of wordsOf(quote).split(/…|\[\.\.\.\]/)) mark(piece);
  // A row alone is no table to Markdown, so its bars are still there.
  if (!first) for (const line of quote.split('\n')) mark(wordsOf(line).replaceAll('|', ''));
  return first;
}

/** What is read of Markdown, without the page's own buttons. */
function wordsOf(markdown) {
  const plain = h('div');
  showMarkdown(plain, markdown, { breaks: true });
  for (const head of plain.querySelectorAll('.head')) head.remove();
  return plain.textContent;
}

function markWords(element, piece) {
  const words = piece.replace(/\s+/g, '');
  if (!words) return undefined;
  const places = [];
  let text = '';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('.head')) continue;
    for (let i = 0; i < node.data.length; i++) {
      if (/\s/.test(node.data[i])) continue;
      text += node.data[i];
      places.push({ node, i });
    }
  }
  const from = text.indexOf(words);
  if (from < 0) return undefined;
  const spans = new Map();
  for (const { node, i } of places.slice(from, from + words.length)) {
    const span = spans.get(node);
    spans.set(node, { from: span?.from ?? i, to: i + 1 });
  }
  let first;
  const nodes = [...spans.keys()];
  for (const [node, span] of spans) {
    // The spaces between the words belong to the mark, those around it do not.
    const start = node === nodes[0] ? span.from : 0;
    const to = node === nodes.at(-1) ? span.to : node.data.length;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, to);
    const mark = h('mark');
    range.surroundContents(mark);
    first ??= mark;
  }
  return first;
}
