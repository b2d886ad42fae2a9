import type { Message } from '../Message.ts';
import { plainText } from './plainText.ts';
import { codePointBoundary } from './tokens.ts';

const MAX_LENGTH = 80;
/** "Hi all!" is no title: what is shorter takes the next sentence along. */
const MIN_LENGTH = 16;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * What a conversation is about, in at most 80 characters without markup: the first sentence of its first message that
 * has words. Names of files stand in where nobody wrote anything; empty for an empty conversation.
 */
export function conversationTitle(messages: readonly Message[]): string {
  for (const { text } of messages) {
    const plain = plainText(text.slice(0, 2_000)).replace(/\s+/g, ' ');
    if (/[\p{L}\p{N}]/u.test(plain)) return shorten(firstSentence(plain));
  }
  const file = messages.flatMap((message) => message.files)[0];
  return file === undefined ? '' : shorten(file.name.replace(/\s+/g, ' ').trim());
}

function firstSentence(plain: string): string {
  let title = '';
  for (const { segment } of segmenter.segment(plain.slice(0, 400))) {
    title += segment;
    if (title.trim().length >= MIN_LENGTH) break;
  }
  return title.trim();
}

function shorten(title: string): string {
  if (title.length <= MAX_LENGTH) return title;
  const space = title.lastIndexOf(' ', MAX_LENGTH - 1);
  const end = space > MAX_LENGTH / 2 ? space : codePointBoundary(title, MAX_LENGTH - 1);
  return `${title.slice(0, end).trimEnd()}…`;
}
