const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/**
 * The words of a passage without its markup: labels of links stay and their URLs go, a bare URL leaves its host, people
 * and channels (`<@ID>`, `<#ID>`) go, code stays. One line a line of text, no blank ones. Fast and linear, since it runs
 * for every passage: for showing and searching, not for parsing.
 */
export function plainText(markdown: string): string {
  let text = markdown;
  if (text.includes('```') || text.includes('~~~')) text = text.replace(/^[ \t>]*(?:`{3,}|~{3,})[^\n`]*$/gm, '');
  if (text.includes('<')) {
    text = text
      .replace(/(?<!\\)<[@#][!&]?[\w.:-]{1,80}(?:\|[^<>\n]{0,80})?>:?/g, ' ')
      .replace(/<((?:https?|mailto):[^<>\s]{1,2000})>/g, '$1');
  }
  if (text.includes(']('))
    text = text.replace(/!?\[([^[\]]{0,1000})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s"[^"\n]{0,500}")?\)/g, '$1');
  if (text.includes('://')) text = text.replace(/\b(?:https?|ftp):\/\/([^\s/?#<>)\]"'`]{1,255})[^\s<>)\]"'`]*/g, '$1');
  if (text.includes('|'))
    text = text.replace(/^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*$/gm, '').replace(/(?<!\\)\|/g, ' ');
  text = text
    .replace(/^[ \t]*(?:>[ \t]?)+/gm, '')
    .replace(/^[ \t]*(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, '')
    .replace(/`+/g, '')
    .replace(/(?<!\\)(?:\*+|~~)/g, '')
    .replace(/(?<![\p{L}\p{N}\\])_+|(?<!\\)_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
  if (text.includes('&')) {
    text = text
      .replace(/&(amp|lt|gt|quot|nbsp);/g, (all, name: string) => ENTITIES[name] ?? all)
      .replace(/&#x20;/g, ' ');
  }
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();
}
