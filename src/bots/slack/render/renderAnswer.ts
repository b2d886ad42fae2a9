import type { types } from '@slack/bolt';
import type { Answer, Citation } from '../../../knowledge/answer/Answer.ts';
import { sayNote } from '../../../knowledge/answer/wording.ts';
import { shortened } from '../../render/shortened.ts';
import { splitMarkdown } from '../../render/splitMarkdown.ts';
import { voteValue } from '../../voteValue.ts';
import { markdownToMrkdwn } from './mrkdwn.ts';
import { escapeMrkdwn, mrkdwnLink } from './neutralise.ts';
import { slackMarkdown } from './slackMarkdown.ts';
import { WORDS } from './words.ts';

/** A finished answer as Slack takes it: its text in parts, one a message, and what stands below the last. */
export interface Rendering {
  readonly parts: readonly string[];
  readonly tail: readonly types.KnownBlock[];
  /** The same as the tail, for a post that Slack takes as plain text only. */
  readonly plainTail: string;
}

export interface RenderedMessage {
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
}

/** All markdown blocks of a message together may have 12,000 characters. */
const PART_CHARACTERS = 11_000;
/** chat.update takes 4,000 characters of text; where there are blocks it is for notifications only. */
const TEXT_CHARACTERS = 2_800;
const PLAIN_CHARACTERS = 3_500;
const ELEMENTS = 10;
const TITLE_CHARACTERS = 150;
const CITATIONS = 50;

export const VOTE_ACTION = 'answer_vote';

/** @param language of the question, ISO 639-1, for the notes */
export function renderAnswer(answer: Answer, answerId: string, language: string): Rendering {
  const notes = answer.notes.map((note) => sayNote(language, note));
  const sources = answer.citations.slice(0, CITATIONS).map(sourceLine);
  return {
    parts: splitMarkdown(slackMarkdown(answer.text), PART_CHARACTERS),
    tail: [
      ...contexts(sources),
      ...(notes.length > 0 ? contexts(notes.map((note) => `_${escapeMrkdwn(note)}_`)) : []),
      feedbackBlock(answerId),
    ],
    plainTail: [...sources, ...notes.map(escapeMrkdwn)].join('\n'),
  };
}

/** Why there is no answer, and how the operator finds out more. */
export function renderFailure(sentence: string, traceId: string): Rendering {
  const trace = `Trace \`${escapeMrkdwn(traceId)}\``;
  return { parts: splitMarkdown(slackMarkdown(sentence), PART_CHARACTERS), tail: contexts([trace]), plainTail: trace };
}

/** The message that shows part `i`. */
export function messageOf({ parts, tail }: Rendering, i: number): RenderedMessage {
  const text = parts[i] ?? '';
  return {
    text: shortened(markdownToMrkdwn(text), TEXT_CHARACTERS) || WORDS.reading,
    blocks: [...markdownBlock(text), ...(i === parts.length - 1 ? tail : [])],
  };
}

/** The same answer without any blocks, in as many messages as it takes. */
export function plainMessages({ parts, plainTail }: Rendering): string[] {
  const whole = markdownToMrkdwn(parts.join('\n\n'));
  return splitMarkdown([whole, plainTail].filter(Boolean).join('\n\n'), PLAIN_CHARACTERS);
}

/** A message while its answer is still being written. */
export function messageSoFar(markdown: string): RenderedMessage {
  const shown = slackMarkdown(markdown).slice(0, PART_CHARACTERS);
  if (shown.trim() === '') return { text: WORDS.reading, blocks: markdownBlock(`_${WORDS.reading}_`) };
  return { text: shortened(markdownToMrkdwn(shown), TEXT_CHARACTERS), blocks: markdownBlock(shown) };
}

function markdownBlock(text: string): types.KnownBlock[] {
  return text.trim() === '' ? [] : [{ type: 'markdown', text }];
}

function sourceLine({ n, title, url }: Citation): string {
  return mrkdwnLink(url, `[${n}] ${shortened(title, TITLE_CHARACTERS)}`);
}

function contexts(lines: readonly string[]): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  for (let at = 0; at < lines.length; at += ELEMENTS) {
    const elements = lines.slice(at, at + ELEMENTS).map((text) => ({ type: 'mrkdwn' as const, text, verbatim: true }));
    blocks.push({ type: 'context', elements });
  }
  return blocks;
}

function feedbackBlock(answerId: string): types.KnownBlock {
  const button = (text: string, label: string, value: 'up' | 'down') => ({
    text: { type: 'plain_text' as const, text },
    accessibility_label: label,
    value: voteValue(value, answerId),
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: VOTE_ACTION,
        positive_button: button(WORDS.good, WORDS.goodLabel, 'up'),
        negative_button: button(WORDS.bad, WORDS.badLabel, 'down'),
      },
    ],
  };
}
