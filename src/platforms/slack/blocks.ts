import { cleanText, escapeMarkdown, linkMarkdown } from '../markdownText.ts';
import { mrkdwnToMarkdown } from './mrkdwn.ts';
import { richTextToMarkdown } from './richText.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What people read in the blocks of a message, as our Markdown; buttons and inputs say nothing.
 * https://docs.slack.dev/reference/block-kit/blocks. Takes anything: the kinds of blocks grow, so what is not known,
 * or is not what it should be, is left out.
 */
export function blocksToMarkdown(blocks: readonly unknown[]): { readonly markdown: string; readonly isRich: boolean } {
  const known = blocks.slice(0, 100).map(fields);
  return {
    markdown: known
      .map(renderBlock)
      .filter((part) => part.trim() !== '')
      .join('\n\n'),
    isRich: known.some((block) => block.type === 'rich_text'),
  };
}

function renderBlock(block: Fields): string {
  switch (block.type) {
    case 'rich_text':
      return richTextToMarkdown(block);
    case 'section':
      return [block.text, ...list(block.fields)].map(textObject).filter(Boolean).join('\n');
    case 'header': {
      const title = textObject(block.text);
      return title && `**${title.replaceAll('*', '\\*')}**`;
    }
    case 'context':
      return list(block.elements).map(textObject).filter(Boolean).join(' ');
    case 'image':
      return textObject(block.title) || escapeMarkdown(string(block.alt_text));
    case 'video':
      return linkMarkdown(string(block.title_url), string(fields(block.title).text));
    case 'markdown':
      // Already Markdown (what apps with a model write); Slack's mentions in it have our form.
      return mrkdwnMentions(string(block.text));
    case 'table':
      return list(block.rows).map(tableRow).join('\n');
    default:
      return '';
  }
}

/** A text object is `{type: mrkdwn | plain_text, text}`; an image in its place has an `alt_text`. */
function textObject(value: unknown): string {
  const { type, text, alt_text } = fields(value);
  if (type === 'mrkdwn') return mrkdwnToMarkdown(string(text)).trim();
  if (type === 'plain_text') return escapeMarkdown(string(text)).trim();
  return type === 'image' ? escapeMarkdown(string(alt_text)).trim() : '';
}

function tableRow(row: unknown): string {
  const cells = list(row).map((cell) => {
    const { type, text } = fields(cell);
    return type === 'rich_text' ? richTextToMarkdown(fields(cell)) : escapeMarkdown(string(text));
  });
  return cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ')).join(' | ');
}

function mrkdwnMentions(markdown: string): string {
  return markdown
    .replace(/<!(here|channel|everyone|group)(?:\|[^<>]*)?>/g, '@$1')
    .replace(/<!(?=[^<>]*>)/g, '<\\!')
    .trim();
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1_000) : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? cleanText(value) : '';
}
