import { h, outLink, webAddress } from './dom.js';

const DEEPEST = 6;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const BARE_LINK = /^https?:\/\/[^\s<>"'`]+/;
const CITATION = /^\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\](?!\()/;
const WORD = /[\p{L}\p{N}]/u;
const MARKS = [
  ['**', 'strong'],
  ['__', 'strong'],
  ['~~', 'del'],
  ['*', 'em'],
  ['_', 'em'],
];

/**
 * Markdown within a line as DOM nodes: bold, italic, struck, code, links to the web, `[n]`. Everything else, markup of HTML
 * included, is text. `options.cite(n)` gives the node for a citation, or undefined where n is none; `options.breaks`
 * keeps line breaks.
 */
export function inline(source, options, depth = 0) {
  const nodes = [];
  let text = '';
  /** Closing marks that are not to be found again in the rest, so that a long line of openings stays cheap. */
  const missing = new Set();
  const flush = () => {
    if (text) nodes.push(document.createTextNode(text));
    text = '';
  };
  const push = (node) => {
    flush();
    nodes.push(node);
  };

  /** A citation stays on the line of the word before it. */
  const cited = (node) => {
    const word = /(\S+) $/.exec(text.slice(-30))?.[1];
    if (!word) return push(node);
    text = text.slice(0, -word.length - 1);
    push(h('span', { class: 'keep' }, `${word}\u00a0`, node));
  };

  for (let i = 0; i < source.length; ) {
    const char = source[i];
    const rest = () => source.slice(i, i + 2048);
    let taken = 0;
    if (char === '\\' && ESCAPABLE.test(source[i + 1] ?? '')) {
      text += source[i + 1];
      taken = 2;
    } else if (char === '\n') {
      text = text.trimEnd().replace(/\\$/, '');
      if (options.breaks) push(h('br'));
      else text += ' ';
      taken = 1;
    } else if (char === '`') {
      taken = code(source, i, push, missing);
    } else if (char === '[' || (char === '!' && source[i + 1] === '[')) {
      taken = citation(rest(), options, cited) || link(source, i, options, depth, push, missing);
    } else if (char === '<') {
      const address = /^<(https?:\/\/[^\s<>]+)>/.exec(rest());
      const href = address && webAddress(address[1]);
      if (href) {
        push(outLink(href, address[1]));
        taken = address[0].length;
      }
    } else if (char === 'h' && !WORD.test(source[i - 1] ?? '')) {
      const found = BARE_LINK.exec(rest())?.[0].replace(/[.,;:!?)\]}*_~]+$/, '');
      const href = found && webAddress(found);
      if (href) {
        push(outLink(href, found));
        taken = found.length;
      }
    } else if ('*_~'.includes(char) && depth < DEEPEST) {
      taken = emphasis(source, i, options, depth, push, missing);
    }
    if (taken === 0) {
      // A run of marks that opens nothing is taken as a whole.
      do text += source[i++];
      while (source[i] === char && '*_~`'.includes(char));
    } else i += taken;
  }
  flush();
  return nodes;
}

function code(source, i, push, missing) {
  const fence = /^`+/.exec(source.slice(i, i + 64))[0];
  const end = findOnce(
    source,
    fence,
    i + fence.length,
    missing,
    (at) => source[at - 1] !== '`' && source[at + fence.length] !== '`',
  );
  if (end < 0) return 0;
  const body = source.slice(i + fence.length, end).replace(/\n/g, ' ');
  push(h('code', {}, body.trim() && body.startsWith(' ') && body.endsWith(' ') ? body.slice(1, -1) : body));
  return end + fence.length - i;
}

function citation(rest, { cite }, push) {
  const found = CITATION.exec(rest);
  const nodes = found?.[1].split(',').map((n) => cite?.(Number(n)));
  if (!nodes?.every(Boolean)) return 0;
  for (const node of nodes) push(node);
  return found[0].length;
}

/** `[text](https://…)`; of an image just its name, as a link: nothing is loaded from elsewhere. */
function link(source, i, options, depth, push, missing) {
  const from = source[i] === '!' ? i + 2 : i + 1;
  const middle = findOnce(source, '](', from, missing, () => true);
  if (middle < 0 || depth >= DEEPEST) return 0;
  const target = /^\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+"[^"\n]*")?\s*\)/.exec(
    source.slice(middle, middle + 2048),
  );
  const label = source.slice(from, middle);
  if (!target || label.length > 1000) return 0;
  const href = webAddress(target[1]);
  const children = inline(label, { ...options, cite: undefined, unlinked: true }, depth + 1);
  if (!href || options.unlinked) for (const child of children) push(child);
  else push(outLink(href, ...(children.length > 0 ? children : [href])));
  return middle + target[0].length - i;
}

function emphasis(source, i, options, depth, push, missing) {
  for (const [mark, tag] of MARKS) {
    if (!source.startsWith(mark, i)) continue;
    const from = i + mark.length;
    if (/\s/.test(source[from] ?? ' ')) continue;
    // snake_case is no emphasis.
    if (mark[0] === '_' && WORD.test(source[i - 1] ?? '')) continue;
    const end = findOnce(source, mark, from + 1, missing, (at) => {
      if (/\s/.test(source[at - 1]) || source[at - 1] === '\\') return false;
      if (mark.length === 1 && (source[at + 1] === mark || source[at - 1] === mark)) return false;
      return mark[0] !== '_' || !WORD.test(source[at + mark.length] ?? '');
    });
    if (end < 0) continue;
    push(h(tag, {}, ...inline(source.slice(from, end), options, depth + 1)));
    return end + mark.length - i;
  }
  return 0;
}

function findOnce(source, mark, from, missing, fits) {
  if (missing.has(mark)) return -1;
  for (let at = source.indexOf(mark, from); at >= 0; at = source.indexOf(mark, at + 1)) if (fits(at)) return at;
  missing.add(mark);
  return -1;
}
