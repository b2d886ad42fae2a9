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

export const byId = (id) => document.getElementById(id);

/** A moment in the reader's own words and time zone. */
export function moment(ms) {
  const date = new Date(ms);
  const text = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
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
