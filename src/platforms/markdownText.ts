/**
 * Writes plain text so that Markdown shows it as it is where it matters: angle brackets are no HTML, no autolink of
 * ours and no mention (`<@U1>` becomes `<\@U1>`, which neither Markdown nor a search for mentions takes for one),
 * entities stay letters, a backslash stays a backslash, and no line becomes a heading. Asterisks, backquotes and square
 * brackets are left: who types Markdown means it.
 */
export function escapeMarkdown(plain: string): string {
  return plain
    .replace(/\\(?=[!-/:-@[-`{-~\uE000]|$)/g, '\\\\')
    .replace(/&(?=#?[A-Za-z0-9]{1,31};)/g, '\\&')
    .replace(/<(?=[@#!])/g, '<\\')
    .replace(/<(?=[A-Za-z/?]|$)(?!https?:)/g, '\\<')
    .replace(/^([ \t]{0,3})(#{1,6}(?=[ \t]|$))/gm, '$1\\$2')
    .replace(/^([ \t]{0,3})(-{2,}|={1,})([ \t]*)$/gm, '$1\\$2$3');
}

/** A Markdown link, or the label alone where the address is of no kind that we let people click. */
export function linkMarkdown(rawUrl: string, rawLabel?: string): string {
  const url = cleanUrl(rawUrl);
  const label = rawLabel?.replace(/\s+/g, ' ').trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || !['http', 'https', 'mailto', 'tel', 'ftp', 'slack'].includes(scheme)) {
    return escapeMarkdown(label || rawUrl);
  }
  const address = scheme === 'mailto' || scheme === 'tel' ? url.slice(scheme.length + 1) : url;
  if (!label || isSameAddress(label, address)) return address;
  return `[${escapeMarkdown(label).replace(/[[\]]/g, '\\$&')}](${url})`;
}

/** True for what `linkMarkdown` writes without brackets, and what would swallow letters that follow it. */
export function isBareUrl(markdown: string): boolean {
  return /^(?:https?|ftp|slack):\S+$/i.test(markdown);
}

/** Code on its own lines, whatever backquotes are in it. */
export function fenced(code: string): string {
  const body = code.replace(/^\n/, '').replace(/\n$/, '');
  const longest = Math.max(2, ...Array.from(body.matchAll(/`+/g), (run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${body}\n${fence}`;
}

/** A line of `> ` before each line. */
export function quoted(markdown: string): string {
  return markdown.replace(/^/gm, '> ').replace(/^> $/gm, '>');
}

/** What neither Markdown nor a database has a use for: other line ends, control characters, halves of characters. */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uE000\uE001]/g, '')
  );
}

function cleanUrl(raw: string): string {
  const url = raw.trim().replace(/[\s<>\\]/g, (c) => (c === '\\' ? '%5C' : encodeURIComponent(c)));
  const opened = url.split('(').length;
  return opened === url.split(')').length ? url : url.replaceAll('(', '%28').replaceAll(')', '%29');
}

function isSameAddress(label: string, address: string): boolean {
  const bare = (text: string) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/\/$/, '');
  return bare(label) === bare(address);
}
