import { plainMarkdown } from '../../render/plainMarkdown.ts';
import { neutraliseMentions } from './neutralise.ts';

/** An answer's Markdown as Slack's markdown block shows it well, with nobody called. */
export function slackMarkdown(markdown: string): string {
  return neutraliseMentions(plainMarkdown(markdown));
}
