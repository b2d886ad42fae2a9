import { componentText } from './component.ts';
import { DROPPED, FORMATTING, IMPLIED_END, INLINE, RAW, UNWRAPPED, VOID } from './tags.ts';

const MAX_DEPTH = 100;
/** In characters; longer tags (images as data URIs) lose their attributes. */
const MAX_TAG = 4_096;
/** A span matters only if it hides something or is the target of a link. */
const TELLING_SPAN = /hidden|display|\sid=/i;
const NAME = /[a-zA-Z][\w:.-]{0,63}/y;

/**
 * Rewrites HTML so that any parser and any recursion afterwards is safe: comments, scripts and controls are gone,
 * nesting is bounded, and formatting (`<b>`, `<a>` …) is closed at the end of its block, since HTML's rule to open it
 * again in every following block lets 5 MB of tags become billions of nodes.
 * Linear in its input. With `components`, `<DocsLink path="X" />` (Vue, MDX) becomes its readable text.
 */
export function defuseHtml(html: string, options: { readonly components: boolean }): string {
  const out: string[] = [];
  /** For each name, the elements that are open, innermost last: whether their tag was written. */
  const open = new Map<string, boolean[]>();
  let formatting: string[] = [];
  let depth = 0;
  let at = 0;
  const find = createFinder(html);

  const endFormatting = () => {
    for (const name of formatting.reverse()) out.push(`</${name}>`);
    formatting = [];
  };

  const openTag = (name: string, tag: string) => {
    if (!INLINE.has(name)) endFormatting();
    if (VOID.has(name)) {
      out.push(bounded(tag, name));
      return;
    }
    if (FORMATTING.has(name)) {
      if (formatting.length >= 20) return;
      formatting.push(name);
      out.push(bounded(tag, name));
      return;
    }
    const nests = !IMPLIED_END.has(name);
    const written = nests ? depth < MAX_DEPTH && (name !== 'span' || TELLING_SPAN.test(tag)) : true;
    const stack = open.get(name) ?? [];
    open.set(name, stack);
    stack.push(written);
    if (!written) return;
    if (nests) depth += 1;
    out.push(bounded(tag, name));
  };

  const closeTag = (name: string) => {
    if (!INLINE.has(name)) endFormatting();
    if (FORMATTING.has(name)) {
      const index = formatting.lastIndexOf(name);
      if (index === -1) return;
      formatting.splice(index, 1);
    } else {
      if (open.get(name)?.pop() !== true) return;
      if (!IMPLIED_END.has(name)) depth -= 1;
    }
    out.push(`</${name}>`);
  };

  while (at < html.length) {
    const less = html.indexOf('<', at);
    if (less === -1) {
      out.push(html.slice(at));
      break;
    }
    out.push(html.slice(at, less));
    const closing = html[less + 1] === '/';
    NAME.lastIndex = less + (closing ? 2 : 1);
    const written = NAME.exec(html)?.[0];
    if (written === undefined) {
      const comment = html.startsWith('<!--', less);
      if (!comment && !/[!?/]/.test(html[less + 1] ?? '')) {
        out.push('&lt;');
        at = less + 1;
        continue;
      }
      const end = find(comment ? '-->' : '>', less + 2);
      at = end === -1 ? html.length : end + (comment ? 3 : 1);
      continue;
    }
    const end = tagEnd(html, less, find);
    if (end === -1) break;
    at = end;
    const tag = html.slice(less, end);
    const name = written.toLowerCase();
    const selfClosing = tag.endsWith('/>');
    if (closing) {
      if (!DROPPED.has(name) && !UNWRAPPED.has(name)) closeTag(name);
    } else if (options.components && name === 'template') {
      out.push(' ');
    } else if (DROPPED.has(name)) {
      if (selfClosing && !RAW.has(name)) continue;
      const close = find(`</${name}`, end);
      if (close !== -1) at = close;
      else if (RAW.has(name)) break;
    } else if (options.components && selfClosing && !VOID.has(name) && !UNWRAPPED.has(name)) {
      out.push(escapeHtml(componentText(tag)));
    } else if (!UNWRAPPED.has(name)) openTag(name, tag);
  }
  return out.join('');
}

type Find = (what: string, from: number) => number;

/** indexOf without regard to case that remembers what is not to be found any more, so that all searches stay linear. */
function createFinder(html: string): Find {
  const missing = new Set<string>();
  const patterns = new Map<string, RegExp>();
  return (what, from) => {
    if (missing.has(what)) return -1;
    const pattern = patterns.get(what) ?? new RegExp(what, 'gi');
    patterns.set(what, pattern);
    pattern.lastIndex = from;
    const at = pattern.exec(html)?.index ?? -1;
    if (at === -1) missing.add(what);
    return at;
  };
}

/** Where the tag that begins at `start` ends (exclusive), attributes' quotes heeded; -1 if it never does. */
function tagEnd(html: string, start: number, find: Find): number {
  let at = start + 1;
  for (;;) {
    const close = find('>', at);
    if (close === -1) return -1;
    // Only the stretch before the next `>` can open a quote that hides it.
    const opened = lastOpenQuote(html.slice(at, close));
    if (opened === undefined) return close + 1;
    const ended = find(opened, close);
    if (ended === -1) return close + 1;
    at = ended + 1;
  }
}

/** The quote that is still open at the end of a stretch of attributes. */
function lastOpenQuote(attributes: string): string | undefined {
  let quote: string | undefined;
  let afterEquals = false;
  for (const character of attributes) {
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      continue;
    }
    if ((character === '"' || character === "'") && afterEquals) quote = character;
    if (character === '=') afterEquals = true;
    else if (character.trim() !== '') afterEquals = false;
  }
  return quote;
}

const bounded = (tag: string, name: string) => (tag.length > MAX_TAG ? `<${name}>` : tag);

const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
