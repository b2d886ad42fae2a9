import type { Heading, Nodes, Root, RootContent } from 'mdast';
import type { Page } from '../../../knowledge/read/Page.ts';
import type { PageReading } from '../../import/PageReading.ts';

/** An issue or a discussion: what somebody wrote, and what others answered, in Markdown. */
export interface Talk {
  readonly title: string;
  readonly text: string;
  readonly updatedAtMs: number;
  readonly comments: readonly Comment[];
}

export interface Comment {
  readonly author: string;
  readonly atMs: number;
  /** The fragment that leads to it. */
  readonly anchor: string;
  readonly text: string;
  /** The asker took it for the answer. */
  readonly isAnswer?: boolean;
}

const MAX_COMMENTS = 500;
const MAX_CHARACTERS = 100_000;

/**
 * One page of a talk. Each piece is read by itself, so that nobody's open fence swallows what others said, and stands under
 * a heading that leads to it.
 */
export async function pageOfTalk(talk: Talk, reading: PageReading): Promise<Page> {
  const children: RootContent[] = await read(talk.text, reading, undefined);
  for (const comment of talk.comments.slice(0, MAX_COMMENTS)) {
    const words = await read(comment.text, reading, comment.anchor);
    if (words.length > 0) children.push(headingOf(comment), ...words);
  }
  const body: Root = { type: 'root', children };
  return { title: talk.title, updatedAtMs: talk.updatedAtMs, body };
}

function headingOf({ author, atMs, anchor, isAnswer }: Comment): Heading {
  const day = new Date(atMs).toISOString().slice(0, 10);
  const value = `${isAnswer ? 'Answer by ' : ''}${author}, ${day}`;
  return { type: 'heading', depth: 2, children: [{ type: 'text', value }], data: { anchor: anchor || null } };
}

async function read(text: string, reading: PageReading, anchor: string | undefined): Promise<RootContent[]> {
  if (text.trim() === '') return [];
  const bytes = new TextEncoder().encode(text.slice(0, MAX_CHARACTERS).toWellFormed());
  const { body } = await reading.read({ bytes, path: 'comment.md', fallbackTitle: '' });
  return body.children.map((node) => lowered(node, anchor));
}

/** Below the heading of its comment, whatever its writer shouted; GitHub gives such headings no fragment of their own. */
function lowered<T extends Nodes>(node: T, anchor: string | undefined): T {
  if (node.type !== 'heading') return node;
  const depth = Math.min(6, node.depth + 2) as Heading['depth'];
  return { ...node, depth, data: { ...node.data, anchor: anchor ?? null } };
}
