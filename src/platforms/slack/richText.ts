import { cleanText, escapeMarkdown, fenced, isBareUrl, linkMarkdown, quoted } from '../markdownText.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Renders a `rich_text` block, the form in which Slack's own editor saves a message, as our Markdown.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. Elements that it does not know are left out.
 */
export function richTextToMarkdown(block: Fields): string {
  const parts = list(block.elements).map((part) => ({ type: part.type, markdown: renderPart(part) }));
  let markdown = '';
  let previous: unknown;
  for (const part of parts) {
    if (part.markdown.trim() === '') continue;
    // A nested list comes as a list of its own that follows: a gap would cut it off.
    const isListGoingOn = part.type === 'rich_text_list' && previous === 'rich_text_list';
    markdown += (markdown === '' ? '' : isListGoingOn ? '\n' : '\n\n') + part.markdown;
    previous = part.type;
  }
  return markdown;
}

function renderPart(part: Fields): string {
  switch (part.type) {
    case 'rich_text_list':
      return renderList(part);
    case 'rich_text_quote':
      return quoted(renderLeaves(part).trim());
    case 'rich_text_preformatted':
      return fenced(list(part.elements).map(leafText).join(''));
    default:
      return renderLeaves(part).replace(/^\n+|\n+$/g, '');
  }
}

function renderList(part: Fields): string {
  const depth = Math.min(count(part.indent), 8);
  const first = count(part.offset) + 1;
  return list(part.elements)
    .map((item, at) => {
      const mark = part.style === 'ordered' ? `${first + at}.` : '-';
      return `${'    '.repeat(depth)}${mark} ${renderLeaves(item)
        .trim()
        .replace(/\s*\n\s*/g, ' ')}`;
    })
    .join('\n');
}

function renderLeaves(part: Fields): string {
  let markdown = '';
  let plain = '';
  let isAfterUrl = false;
  const append = (piece: string) => {
    if (isAfterUrl && /^[^\s.,:;!?'")\]}*_~<>]/.test(piece)) markdown += ' ';
    markdown += piece;
    if (piece !== '') isAfterUrl = isBareUrl(piece);
  };
  // Unstyled pieces are joined first: escaped one by one, `<` and `@U1>` would pass and make a mention.
  const flush = () => {
    append(escapeMarkdown(plain));
    plain = '';
  };
  for (const leaf of list(part.elements)) {
    if (leaf.type === 'text' && !hasStyle(leaf)) {
      plain += leafText(leaf);
      continue;
    }
    flush();
    append(renderLeaf(leaf));
  }
  flush();
  return markdown;
}

function renderLeaf(leaf: Fields): string {
  switch (leaf.type) {
    case 'user':
      return id(leaf.user_id) ? `<@${leaf.user_id}>` : '';
    case 'channel':
      return id(leaf.channel_id) ? `<#${leaf.channel_id}>` : '';
    case 'link':
      return style(linkMarkdown(text(leaf.url), text(leaf.text) || undefined), leaf);
    default:
      return style(isCode(leaf) ? leafText(leaf) : escapeMarkdown(leafText(leaf)), leaf);
  }
}

/** A leaf as people see it, without markup. */
function leafText(leaf: Fields): string {
  switch (leaf.type) {
    case 'text':
      return text(leaf.text);
    case 'link':
      return text(leaf.text) || text(leaf.url);
    case 'user':
      return id(leaf.user_id) ? `<@${leaf.user_id}>` : '';
    case 'channel':
      return id(leaf.channel_id) ? `<#${leaf.channel_id}>` : '';
    case 'usergroup':
      return id(leaf.usergroup_id) ? `@${leaf.usergroup_id}` : '';
    case 'broadcast':
      return /^[a-z]+$/.test(text(leaf.range)) ? `@${leaf.range}` : '';
    case 'emoji':
      return /^[^\s:]+(?:::skin-tone-\d)?$/.test(text(leaf.name)) ? `:${leaf.name}:` : '';
    case 'date':
      return text(leaf.fallback) || isoOf(leaf.timestamp);
    case 'color':
      return text(leaf.value);
    default:
      return '';
  }
}

function style(markdown: string, leaf: Fields): string {
  const [, before = '', body = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(markdown) ?? [];
  if (body === '') return markdown;
  const styles = fields(leaf.style);
  let styled = body;
  if (styles.code === true && !/^\[.*\]\(/.test(body)) styled = codeSpan(body);
  if (styles.strike === true) styled = `~~${styled}~~`;
  if (styles.italic === true) styled = `_${styled}_`;
  if (styles.bold === true) styled = `**${styled}**`;
  return before + styled + after;
}

function codeSpan(code: string): string {
  const longest = Math.max(0, ...Array.from(code.matchAll(/`+/g), (run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  const gap = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return ticks + gap + code.replace(/\n/g, ' ') + gap + ticks;
}

function hasStyle(leaf: Fields): boolean {
  return Object.values(fields(leaf.style)).includes(true);
}

function isCode(leaf: Fields): boolean {
  return fields(leaf.style).code === true;
}

function isoOf(seconds: unknown): string {
  return Number.isInteger(seconds) && Math.abs(Number(seconds)) < 8e12
    ? new Date(Number(seconds) * 1000).toISOString()
    : '';
}

function id(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z0-9]{2,}$/.test(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? cleanText(value) : '';
}

function count(value: unknown): number {
  return Number.isInteger(value) && Number(value) > 0 ? Math.min(Number(value), 1_000_000) : 0;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null).slice(0, 2_000) : [];
}
