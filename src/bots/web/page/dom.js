/**
 * Makes an element. Text becomes text nodes and nothing else: there is no way from a string to markup here.
 * Keys of `props` that begin with `on` are listeners, the others attributes; `false` and undefined leave one out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** What the server says in a sentence: what stands between `backticks` is to be typed as it is. */
export function sentence(text) {
  return h('span', {}, ...text.split('`').map((part, at) => (at % 2 === 1 ? h('code', {}, part) : part)));
}

const SVG = 'http://www.w3.org/2000/svg';

/** One of the page's drawings, for the eye only. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Which way a text runs: its first letter says (https://unicode.org/reports/tr9/#P2). For blocks that hold others:
 * `dir=auto` does not look into those that have a `dir` of their own.
 */
export function direction(text) {
  const first = /\p{L}/u.exec(text)?.[0];
  return first && RTL.test(first) ? 'rtl' : 'ltr';
}

/** Scrolls `container`, and nothing around it, so that the element stands at its top or in its middle. */
export function scrollWithin(container, element, where = 'top') {
  const above = element.getBoundingClientRect().top - container.getBoundingClientRect().top;
  const room = where === 'middle' ? Math.max(0, (container.clientHeight - element.offsetHeight) / 2) : 8;
  container.scrollTop += above - room;
}

/** Tells those who listen to the page rather than see it. */
export function announce(sentence) {
  byId('said').textContent = sentence;
}

export const byId = (id) => document.getElementById(id);

/** A moment in the reader's own words and time zone; of a page just the day, which is all that it says of itself. */
export function moment(ms, kind) {
  const date = new Date(ms);
  const style = kind === 'page' ? { timeZone: 'UTC' } : { timeStyle: 'short' };
  const text = date.toLocaleString(undefined, { dateStyle: 'medium', ...style });
  return h('time', { datetime: date.toISOString() }, text);
}

/** The address when it leads to the web, else undefined: no script, file or other scheme is ever followed. */
export function webAddress(text) {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

/** A link out, in a page of its own that knows nothing of ours. */
export function outLink(address, ...children) {
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
