/** Shows nothing and breaks nothing, but stands between what would together be a mention. */
const JOINER = '\u2060';

/**
 * Takes from Markdown what would call somebody: `<@U…>`, `<!channel>`, `<!subteam^…>`, `@here` …, in code too, where
 * Slack reads them as well. Links and everything else stay.
 */
export function neutraliseMentions(markdown: string): string {
  return markdown
    .replace(/<(?=[@#!])/g, `<${JOINER}`)
    .replace(/@(?=(?:channel|here|everyone|group)\b)/gi, `@${JOINER}`);
}

/** The three characters that Slack's mrkdwn reads as its own: nothing in the text is a link or a mention after this. */
export function escapeMrkdwn(text: string): string {
  return neutraliseMentions(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A link in mrkdwn, or the label alone where the address is none that a browser follows. */
export function mrkdwnLink(url: string, label: string): string {
  const shown = escapeMrkdwn(label.replace(/\s+/g, ' ').trim());
  if (!URL.canParse(url) || url.length > 2_000) return shown;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return shown;
  const address = href.replace(/&/g, '&amp;').replace(/[<>|]/g, encodeURIComponent);
  return `<${address}|${shown.replace(/\|/g, '¦')}>`;
}
