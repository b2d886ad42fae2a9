import { cleanText, escapeMarkdown, fenced, isBareUrl, linkMarkdown, quoted } from '../markdownText.ts';

/**
 * Turns Slack's mrkdwn into our Markdown.
 * https://docs.slack.dev/messaging/formatting-message-text: `<…>` is always Slack's own (a link, a mention, a date),
 * and `&amp; &lt; &gt;` are what a person typed as `& < >`. So the first are read first and the second never become markup.
 * Runs in time linear in the text.
 */
export function mrkdwnToMarkdown(raw: string): string {
  // What is finished is put aside behind a mark of two private-use characters, and comes back at the end.
  const aside: string[] = [];
  const put = (markdown: string) => `\uE000${aside.push(markdown) - 1}\uE001`;
  const back = (text: string) =>
    text.replace(/(<?)\uE000(\d+)\uE001/g, (mark: string, before: string, at: string, offset: number) => {
      const markdown = aside[Number(at)] ?? '';
      const rest = text.slice(offset + mark.length, offset + mark.length + 12);
      const next = rest.replace(/^\uE000(\d+)\uE001/, (_, n: string) => aside[Number(n)] ?? '');
      const runsOn = isBareUrl(markdown) && /^[^\s.,:;!?'")\]}*_~<>]/.test(next);
      return `${shieldBracket(before, markdown)}${markdown}${runsOn ? ' ' : ''}`;
    });

  const text = cleanText(raw)
    .replace(/```([\s\S]*?)```/g, (_, code: string, at: number, all: string) => {
      const before = at === 0 || all[at - 1] === '\n' ? '' : '\n';
      const after = at + code.length + 6 === all.length || all[at + code.length + 6] === '\n' ? '' : '\n';
      return before + put(fenced(plainOf(code))) + after;
    })
    .replaceAll('```', () => put('\\`\\`\\`'))
    .replace(/`([^`\n]+)`/g, (_, code: string) => put(`\`${plainOf(code)}\``))
    .replace(/<([^<>\n]*)>/g, (token, inner: string) => {
      const markdown = tokenMarkdown(back(inner));
      return markdown === undefined ? token : put(markdown);
    })
    .replace(/(?<![\p{L}\p{N}*\\])\*(?![\s*])([^*\n]*)(?<!\s)\*(?![\p{L}\p{N}*])/gu, (_, bold: string) => {
      return `${put('**')}${bold}${put('**')}`;
    })
    .replace(/(?<![\p{L}\p{N}~\\])~(?![\s~])([^~\n]*)(?<!\s)~(?![\p{L}\p{N}~])/gu, (_, struck: string) => {
      return `${put('~~')}${struck}${put('~~')}`;
    });
  return back(quotes(escapeMarkdown(decodeEntities(text))));
}

/** The three entities that Slack writes, in one pass: `&amp;lt;` is the text `&lt;`. */
export function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));
}

/** What stands between `<` and `>`, as Markdown; undefined if it is nothing of Slack's. */
function tokenMarkdown(inner: string): string | undefined {
  const bar = inner.indexOf('|');
  const target = decodeEntities(bar < 0 ? inner : inner.slice(0, bar));
  const label = bar < 0 ? undefined : decodeEntities(inner.slice(bar + 1)).trim() || undefined;
  const mention = /^([@#])([A-Z0-9]{2,})$/.exec(target);
  if (mention) return `<${mention[1]}${mention[2]}>`;
  if (target.startsWith('!')) return escapeMarkdown(specialText(target.slice(1), label));
  if (/^[a-z][a-z0-9+.-]*:[^\s]/i.test(target)) return linkMarkdown(target, label);
  return undefined;
}

/** `<!here>`, `<!subteam^S1|@ops>`, `<!date^1392734382^{date}|18 February>` … as what people see. */
function specialText(target: string, label: string | undefined): string {
  const [name = '', detail = ''] = target.split('^');
  if (['here', 'channel', 'everyone', 'group'].includes(name)) return `@${name}`;
  if (name === 'subteam') return label ? `@${label.replace(/^@/, '')}` : `@${detail}`;
  if (label) return label;
  if (name === 'date' && /^\d{1,10}$/.test(detail)) return new Date(Number(detail) * 1000).toISOString();
  return name;
}

/** Code has no markup, so that what Slack linked in it goes back to the letters that were typed. */
function plainOf(code: string): string {
  const plain = code.replace(/<([^<>\n]*)>/g, (token, inner: string) => {
    const bar = inner.indexOf('|');
    const target = bar < 0 ? inner : inner.slice(0, bar);
    const label = bar < 0 ? undefined : inner.slice(bar + 1) || undefined;
    if (/^[@#][A-Z0-9]{2,}$/.test(target)) return `<${target}>`;
    if (target.startsWith('!')) return specialText(target.slice(1), label);
    if (/^[a-z][a-z0-9+.-]*:[^\s]/i.test(target)) return label ?? target.replace(/^(?:mailto|tel):/, '');
    return token;
  });
  return decodeEntities(plain);
}

/** A `<` that somebody typed must not join what was put aside after it to something like a mention. */
function shieldBracket(before: string, markdown: string): string {
  if (before === '') return '';
  if (/^[@#!]/.test(markdown)) return '<\\';
  return /^(?:https?:|[[<*~`])/.test(markdown) ? before : `\\${before}`;
}

/** `> ` marks a line and `>>> ` all that follows; in Markdown a quote would go on into the next line without a gap. */
function quotes(text: string): string {
  const all = /^>>>[ \t]?/m.exec(text);
  const marked = all ? text.slice(0, all.index) + quoted(text.slice(all.index + all[0].length)) : text;
  return marked.replace(/^(>.*)\n(?=[^>\n])/gm, '$1\n\n');
}
