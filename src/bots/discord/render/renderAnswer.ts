import type { Answer, Citation } from '../../../knowledge/answer/Answer.ts';
import { plainMarkdown } from '../../render/plainMarkdown.ts';
import { shortened } from '../../render/shortened.ts';
import { splitMarkdown } from '../../render/splitMarkdown.ts';
import { readVoteValue, voteValue } from '../../voteValue.ts';
import { WORDS } from '../words.ts';
import { type Component, linkButton, row, VOTE } from './components.ts';

/** A message of Discord's, as it is sent. */
export interface RenderedMessage {
  readonly content: string;
  readonly components: readonly Component[];
}

/** A finished answer: one message a part, of at most 2,000 characters each; below the last, sources and thumbs. */
export type Rendering = readonly RenderedMessage[];

/** Discord takes 2,000; a little is left for a mark that a message goes on. */
const PART_CHARACTERS = 1_950;
const LINK_ROWS = 4;
const LINKS_A_ROW = 5;
const TITLE_CHARACTERS = 70;

export function renderAnswer(answer: Answer, answerId: string): Rendering {
  const { buttons, lines } = sourcesOf(answer.citations);
  const text = [discordMarkdown(answer.text), lines].filter(Boolean).join('\n\n');
  return messages(text, [...buttons, ...thumbs(answerId)]);
}

/** The same with its sources as lines of text, for a message whose components Discord would not take. */
export function renderPlainly(answer: Answer, answerId: string): Rendering {
  const lines = answer.citations.map(sourceLine).join('\n');
  return messages([discordMarkdown(answer.text), lines].filter(Boolean).join('\n\n'), thumbs(answerId));
}

/** Why there is no answer, and how the operator finds out more. */
export function renderFailure(sentence: string, traceId: string): Rendering {
  return messages(`${discordMarkdown(sentence)}\n-# Trace \`${traceId}\``, []);
}

/** A message while its answer is still being written. */
export function messageSoFar(markdown: string): RenderedMessage {
  const [first = '', ...more] = splitMarkdown(discordMarkdown(markdown), PART_CHARACTERS);
  const content = first.trim() === '' ? `-# ${WORDS.reading}` : more.length > 0 ? `${first}\n…` : first;
  return { content, components: [] };
}

/** Which answer a message of ours shows finished, by what it says of itself. */
export function answerShownIn(message: {
  readonly content: string;
  readonly components: readonly unknown[];
}): string | undefined {
  const ids = JSON.stringify(message.components).matchAll(/"custom_id":"vote:([^"]+)"/g);
  for (const [, value = ''] of ids) {
    const read = readVoteValue(value);
    if (read) return read.answerId;
  }
  return /^-# Trace `([A-Za-z0-9-]{1,64})`$/m.exec(message.content)?.[1];
}

/** An answer's Markdown as Discord shows it: no tables, no pictures, no headings below the third. */
function discordMarkdown(markdown: string): string {
  return plainMarkdown(markdown).replace(/^#{4,6} +(.+)$/gm, '**$1**');
}

function messages(text: string, components: readonly Component[]): Rendering {
  const parts = splitMarkdown(text, PART_CHARACTERS);
  return parts.map((content, i) => ({
    content: content.trim() || '…',
    components: i === parts.length - 1 ? components : [],
  }));
}

/** Links as buttons as far as they fit and Discord takes them; the others as lines. */
function sourcesOf(citations: readonly Citation[]) {
  const fitting = citations.filter(({ url }) => isLinkable(url) && url.length <= 512).slice(0, LINK_ROWS * LINKS_A_ROW);
  const buttons: Component[] = [];
  for (let at = 0; at < fitting.length; at += LINKS_A_ROW) {
    buttons.push(
      row(fitting.slice(at, at + LINKS_A_ROW).map(({ n, title, url }) => linkButton(labelOf(n, title), url))),
    );
  }
  return {
    buttons,
    lines: citations
      .filter((citation) => !fitting.includes(citation))
      .map(sourceLine)
      .join('\n'),
  };
}

const labelOf = (n: number, title: string) => shortened(`[${n}] ${title.replace(/\s+/g, ' ')}`, TITLE_CHARACTERS);

function sourceLine({ n, title, url }: Citation): string {
  const label = shortened(title.replace(/\s+/g, ' ').replace(/[[\]()<>*_`~|\\]/g, ''), TITLE_CHARACTERS);
  return isLinkable(url) ? `-# [${n}] [${label}](<${new URL(url).href}>)` : `-# [${n}] ${label}`;
}

function isLinkable(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
}

function thumbs(answerId: string): Component[] {
  const vote = (value: 'up' | 'down', label: string, name: string) => ({
    ...{ type: 2, style: 2, label, emoji: { name }, custom_id: `${VOTE}${voteValue(value, answerId)}` },
  });
  return [row([vote('up', WORDS.good, '👍'), vote('down', WORDS.bad, '👎'), shouldButton(answerId)])];
}

function shouldButton(answerId: string): Component {
  return { type: 2, style: 2, label: WORDS.should, custom_id: `should:${answerId}` };
}
