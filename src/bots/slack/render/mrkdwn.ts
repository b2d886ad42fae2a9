import { fenceAfter } from '../../render/fenceAfter.ts';
import { escapeMrkdwn, mrkdwnLink } from './neutralise.ts';

/**
 * Markdown as Slack's own mrkdwn, for notifications, and for a post whose blocks Slack would not take.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function markdownToMrkdwn(markdown: string): string {
  let fence: string | undefined;
  return markdown
    .split('\n')
    .map((line) => {
      const after = fenceAfter(fence, line);
      const isCode = fence !== undefined || after !== undefined;
      const isMark = fence !== after;
      fence = after;
      if (isMark) return '```';
      return isCode ? escapeMrkdwn(line) : inline(line);
    })
    .join('\n');
}

function inline(line: string): string {
  const heading = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$/.exec(line);
  if (heading?.[1]) return `*${spans(heading[1]).replace(/\*/g, '')}*`;
  const quote = /^ {0,3}>[ \t]?(.*)$/.exec(line);
  if (quote) return `> ${spans(quote[1] ?? '')}`;
  return spans(line.replace(/^([ \t]*)[-*+][ \t]+/, '$1• '));
}

function spans(text: string): string {
  return text
    .split(/(`+[^`\n]*`+|\[[^\]\n]*\]\(\S+?\))/)
    .map((piece) => {
      if (piece.startsWith('`')) return escapeMrkdwn(piece.replace(/^`+|`+$/g, '`'));
      const link = /^\[([^\]\n]*)\]\((\S+?)\)$/.exec(piece);
      if (link) return mrkdwnLink(link[2] ?? '', link[1] ?? '');
      return escapeMrkdwn(piece)
        .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '*$2*')
        .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '~$1~')
        .replace(/\\([!-/:-@[-`{-~])/g, '$1');
    })
    .join('');
}
