import { cleanText, fenced, linkMarkdown, quoted } from '../markdownText.ts';

export interface Mentioned {
  readonly id: string;
  /** What an export wrote in place of the mention, without the `@`. */
  readonly names: readonly string[];
}

/**
 * Turns Discord's Markdown into ours: mentions to `<@ID>`, spoilers opened, headings and subtext to plain lines, and what
 * HTML would take for a tag shown as it was typed.
 * https://support.discord.com/hc/en-us/articles/210298617, and https://discord.com/developers/docs/reference#message-formatting
 * Runs in time linear in the text and the number of those mentioned.
 *
 * @param mentioned so that `@Ann`, as exports write a mention unless told otherwise, becomes one again
 */
export function discordToMarkdown(raw: string, mentioned: readonly Mentioned[]): string {
  // What is finished is put aside behind a mark of two private-use characters, and comes back at the end.
  const aside: string[] = [];
  const put = (markdown: string) => `\uE000${aside.push(markdown) - 1}\uE001`;
  const text = cleanText(raw)
    .replace(/```([\s\S]*?)```/g, (_, code: string, at: number, all: string) => {
      const before = at === 0 || all[at - 1] === '\n' ? '' : '\n';
      const end = at + code.length + 6;
      return `${before}${put(block(code))}${end === all.length || all[end] === '\n' ? '' : '\n'}`;
    })
    .replace(/(`{1,2})((?:(?!\1)[^\n])+)\1/g, (code) => put(code))
    .replace(/<([^<>\n]{1,2000})>/g, (token, inner: string) => {
      const markdown = tokenMarkdown(inner);
      return markdown === undefined ? token : put(markdown);
    });
  const named = mentionsByName(text, mentioned, put)
    .replace(/\|\|([^|\n]+(?:\|[^|\n]+)*)\|\|/g, '$1')
    .replace(/^-# +/gm, '')
    .replace(/^#{1,3} +(.+)$/gm, (_, title: string) => `**${title.replaceAll('**', '').trim()}**`);
  return quotes(shield(named)).replace(/\uE000(\d+)\uE001/g, (_, at: string) => aside[Number(at)] ?? '');
}

function block(code: string): string {
  const language = /^([a-z0-9_+\-.#]{1,20})\n/i.exec(code)?.[1];
  if (language === undefined) return fenced(code);
  return fenced(code.slice(language.length)).replace(/^`+/, (ticks) => ticks + language);
}

/** What stands between `<` and `>`, as Markdown; undefined if it is nothing of Discord's. */
function tokenMarkdown(inner: string): string | undefined {
  const mention = /^(?:@!?|#)(\d{1,20})$/.exec(inner);
  if (mention) return `<${inner[0]}${mention[1]}>`;
  if (/^@&\d{1,20}$/.test(inner)) return '@role';
  const emoji = /^a?:(\w{1,64}):\d{1,20}$/.exec(inner);
  if (emoji) return `:${emoji[1]}:`;
  const time = /^t:(-?\d{1,12})(?::[a-z])?$/i.exec(inner);
  if (time) return new Date(Number(time[1]) * 1_000).toISOString();
  const command = /^(\/[^:]{1,100}):\d{1,20}$/.exec(inner);
  if (command) return command[1];
  if (/^id:\w+$/.test(inner)) return `#${inner.slice(3)}`;
  return /^https?:\/\/\S+$/i.test(inner) ? linkMarkdown(inner) : undefined;
}

function mentionsByName(text: string, mentioned: readonly Mentioned[], put: (markdown: string) => string): string {
  const ids = new Map(
    mentioned.flatMap(({ id, names }) => names.filter(Boolean).map((name) => [name, id] as const)).reverse(),
  );
  if (ids.size === 0 || !text.includes('@')) return text;
  // The longest first: `@Ann Lee` is not `@Ann`.
  const names = [...ids.keys()].sort((a, b) => b.length - a.length).map(RegExp.escape);
  const mention = new RegExp(`(?<![\\p{L}\\p{N}@.])@(${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(mention, (_, name: string) => put(`<@${ids.get(name)}>`));
}

/** Discord knows no HTML, no entities and no underlined headings. */
function shield(text: string): string {
  return text
    .replace(/&(?=#?[A-Za-z0-9]{1,31};)/g, '\\&')
    .replace(/<(?=[A-Za-z/?!@#\uE000]|$)/g, '\\<')
    .replace(/^([ \t]{0,3})(-{2,}|={1,})([ \t]*)$/gm, '$1\\$2$3');
}

/** `> ` marks a line and `>>> ` all that follows; in Markdown a quote would go on into the next line without a gap. */
function quotes(text: string): string {
  const all = /^>>>[ \t]/m.exec(text);
  const marked = all ? text.slice(0, all.index) + quoted(text.slice(all.index + all[0].length)) : text;
  return marked.replace(/^(>.*)\n(?=[^>\n])/gm, '$1\n\n');
}
