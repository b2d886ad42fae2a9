import type { Json } from './State.ts';

const control = /<(@[UW]\w+|#C\w+|!\w+|(?:https?:|mailto:)[^>|]+)(?:\|([^>]*))?>/g;

/** The rich_text block that Slack makes of a message's text: people, channels and links as elements of their own. */
export function richText(text: string, blockId: string): Json {
  const elements: Json[] = [];
  let at = 0;
  for (const match of text.matchAll(control)) {
    if (match.index > at) elements.push({ type: 'text', text: unescapeText(text.slice(at, match.index)) });
    elements.push(elementOf(match[1] ?? '', match[2]));
    at = match.index + match[0].length;
  }
  if (at < text.length) elements.push({ type: 'text', text: unescapeText(text.slice(at)) });
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}

function elementOf(target: string, label: string | undefined): Json {
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescapeText(target), ...(label ? { text: unescapeText(label) } : {}) };
}

/** `&`, `<` and `>` as Slack stores them, where they are not its own markup already. */
export function escapeText(text: string): string {
  const kept = /<(?:[@#!]|https?:|mailto:)[^<>]*>|&(?:amp|lt|gt);/g;
  let escaped = '';
  let at = 0;
  for (const match of text.matchAll(kept)) {
    escaped += escapePlain(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return escaped + escapePlain(text.slice(at));
}

function escapePlain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/(?<!^)>|^>(?=\S)/gm, '&gt;');
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
