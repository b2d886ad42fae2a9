import { linkMarkdown, quoted } from '../markdownText.ts';
import type { ExportedEmbed } from './exportedMessage.ts';

const PREVIEW_CHARACTERS = 300;

/**
 * The embeds of a message as paragraphs of Markdown. What a bot embeds is what it says: all of it. Under what a person
 * wrote they are previews of linked pages, quoted and kept short: the page is a document of its own.
 *
 * @param render the Markdown of a text of Discord's
 */
export function embedsMarkdown(
  embeds: readonly ExportedEmbed[],
  options: { readonly isBot: boolean; readonly render: (text: string) => string },
): string {
  const render = options.isBot ? whole : preview;
  return embeds
    .map((embed) => render(embed, (text) => options.render(text ?? '').trim()).trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

type Render = (text: string | null | undefined) => string;

function whole(embed: ExportedEmbed, render: Render): string {
  const fields = embed.fields.map(({ name, value }) => [render(name), render(value)].filter(Boolean).join(': '));
  const parts = [render(embed.author?.name), titleOf(embed, render), render(embed.description), ...fields];
  return [...parts, render(embed.footer?.text)].filter((part) => part !== '').join('\n');
}

function preview(embed: ExportedEmbed, render: Render): string {
  const title = titleOf(embed, render);
  const summary = shorten(render(embed.description).replace(/\s+/g, ' '));
  return title || summary ? quoted([title, summary].filter(Boolean).join(': ')) : '';
}

function titleOf({ title, url }: ExportedEmbed, render: Render): string {
  if (!title) return '';
  return url ? linkMarkdown(url, title.replace(/\s+/g, ' ')) : render(title);
}

function shorten(text: string): string {
  if (text.length <= PREVIEW_CHARACTERS) return text;
  const cut = text.slice(0, PREVIEW_CHARACTERS).replace(/\s\S{0,40}$/, '');
  // A link that is cut in two would be a wrong one.
  return `${cut
    .replace(/\[[^\]]*(?:\]\([^)]*)?$/, '')
    .trimEnd()
    .toWellFormed()} …`;
}
