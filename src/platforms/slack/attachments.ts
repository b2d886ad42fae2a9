import { linkMarkdown, quoted } from '../markdownText.ts';
import { blocksToMarkdown } from './blocks.ts';
import type { RawAttachment } from './messageSchema.ts';
import { decodeEntities, mrkdwnToMarkdown } from './mrkdwn.ts';

const maxUnfurlCharacters = 300;

/**
 * The attachments of a message as paragraphs of Markdown.
 * - What an app attached is part of what it says: pretext, title, text and fields, or the fallback if that is all.
 * - The preview of a linked page (`from_url`) is quoted and kept short: the page is a document of its own.
 * - The preview of another message is only its link. That message has its own audience, edits and deletion, which a copy
 *   would not follow.
 *
 * @param said the text of the message, so that a link that is in it is not repeated
 */
export function attachmentsToMarkdown(attachments: readonly RawAttachment[], said: string): string {
  return attachments
    .slice(0, 20)
    .map((attachment) => renderAttachment(attachment, said).trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderAttachment(attachment: RawAttachment, said: string): string {
  const address = attachment.from_url && decodeEntities(attachment.from_url);
  if (attachment.is_msg_unfurl || attachment.is_share || attachment.channel_id) {
    return address && !said.includes(address) ? linkMarkdown(address) : '';
  }
  const title = titleOf(attachment);
  if (address) {
    const summary = shorten(
      mrkdwnToMarkdown(attachment.text ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
    return title || summary ? quoted([title, summary].filter(Boolean).join(': ')) : '';
  }
  const parts = [
    mrkdwnToMarkdown(attachment.pretext ?? ''),
    title,
    mrkdwnToMarkdown(attachment.text ?? '') || blocksToMarkdown(attachment.blocks).markdown,
    ...attachment.fields.map(({ title: name, value }) =>
      [name, value]
        .map((text) => mrkdwnToMarkdown(text ?? '').trim())
        .filter(Boolean)
        .join(': '),
    ),
  ].filter((part) => part.trim() !== '');
  return parts.length > 0 ? parts.join('\n') : mrkdwnToMarkdown(attachment.fallback ?? '');
}

function titleOf({ title, title_link, from_url }: RawAttachment): string {
  if (!title) return '';
  const url = title_link ?? from_url;
  return url ? linkMarkdown(decodeEntities(url), decodeEntities(title)) : mrkdwnToMarkdown(title);
}

function shorten(text: string): string {
  if (text.length <= maxUnfurlCharacters) return text;
  const cut = text.slice(0, maxUnfurlCharacters).replace(/\s\S{0,40}$/, '');
  // A link that is cut in two would be a wrong one.
  return `${cut
    .replace(/\[[^\]]*(?:\]\([^)]*)?$/, '')
    .trimEnd()
    .toWellFormed()} …`;
}
