import { z } from 'zod';
import type { GitHubApi } from './createGitHubApi.ts';
import type { RepositoryName } from './repository.ts';
import type { Comment, Talk } from './Talk.ts';

const author = z.object({ login: z.string() }).nullable();
const replySchema = z.object({
  databaseId: z.number().nullable(),
  body: z.string(),
  createdAt: z.string(),
  author,
});
const commentSchema = replySchema.extend({
  isAnswer: z.boolean(),
  replies: z.object({ nodes: z.array(replySchema) }),
});
const discussionSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  url: z.url(),
  updatedAt: z.string(),
  comments: z.object({ nodes: z.array(commentSchema) }),
});
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

export type Discussion = z.output<typeof discussionSchema>;

const FIELDS = `number title body url updatedAt
  comments(first: 100) { nodes {
    databaseId body createdAt isAnswer author { login }
    replies(first: 50) { nodes { databaseId body createdAt author { login } } } } }`;

const RECENT = `query Recent($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    discussions(first: 25, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } } } }`;

const ONE = `query One($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { discussion(number: $number) { ${FIELDS} } } }`;

const NUMBERS = `query Numbers($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    discussions(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { number } } } }`;

function pages<T extends z.ZodType>(node: T) {
  return z.object({ repository: z.object({ discussions: z.object({ pageInfo, nodes: z.array(node) }) }).nullable() });
}

/** Discussions that changed after a moment, the latest first, in pages. */
export async function* discussionsSince(
  api: GitHubApi,
  name: RepositoryName,
  since: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Discussion[]> {
  const schema = pages(discussionSchema);
  let after: string | null = null;
  do {
    const found: z.output<typeof schema> = await api.graphql(RECENT, { ...name, after }, { schema, signal });
    const page = found.repository?.discussions;
    const nodes = page?.nodes ?? [];
    const fresh = since === undefined ? nodes : nodes.filter(({ updatedAt }) => updatedAt > since);
    yield fresh;
    after = page?.pageInfo.hasNextPage && fresh.length === nodes.length ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

export async function allDiscussionNumbers(
  api: GitHubApi,
  name: RepositoryName,
  signal: AbortSignal,
): Promise<number[]> {
  const schema = pages(z.object({ number: z.number() }));
  const numbers: number[] = [];
  let after: string | null = null;
  do {
    const found: z.output<typeof schema> = await api.graphql(NUMBERS, { ...name, after }, { schema, signal });
    const page = found.repository?.discussions;
    numbers.push(...(page?.nodes ?? []).map(({ number }) => number));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return numbers;
}

/** Undefined when there is none of that number. */
export async function findDiscussion(
  api: GitHubApi,
  name: RepositoryName,
  number: number,
  signal: AbortSignal,
): Promise<Discussion | undefined> {
  const schema = z.object({ repository: z.object({ discussion: discussionSchema.nullable() }).nullable() });
  const { repository } = await api.graphql(ONE, { ...name, number }, { schema, signal });
  return repository?.discussion ?? undefined;
}

export function talkOfDiscussion({ title, number, body, updatedAt, comments }: Discussion): Talk {
  return {
    ...{ title: `${title} (discussion ${number})`, text: body, updatedAtMs: Date.parse(updatedAt) },
    comments: comments.nodes.flatMap(({ replies, ...comment }) => [
      toComment(comment, comment.isAnswer),
      ...replies.nodes.map((reply) => toComment(reply)),
    ]),
  };
}

function toComment(given: z.output<typeof replySchema>, isAnswer = false): Comment {
  return {
    ...{ author: given.author?.login ?? 'ghost', atMs: Date.parse(given.createdAt), text: given.body },
    anchor: given.databaseId === null ? '' : `discussioncomment-${given.databaseId}`,
    ...(isAnswer ? { isAnswer } : {}),
  };
}
