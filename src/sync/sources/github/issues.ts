import { z } from 'zod';
import type { GitHubApi } from './createGitHubApi.ts';
import type { RepositoryName } from './repository.ts';
import type { Comment, Talk } from './Talk.ts';

const person = z.object({ login: z.string(), type: z.string().optional() }).nullable();
const moment = z.string().transform((value) => Date.parse(value));
const issueSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string().nullable(),
  html_url: z.url(),
  updated_at: z.string(),
  comments: z.number(),
  pull_request: z.unknown().optional(),
});
const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullable().default(''),
  created_at: moment,
  user: person,
});

export type Issue = z.output<typeof issueSchema>;

const PAGE = 100;
const MAX_COMMENT_PAGES = 5;

/** Issues that changed at or after a moment, the longest unchanged first, in pages. Pull requests are left out. */
export async function* issuesSince(
  api: GitHubApi,
  name: RepositoryName,
  since: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Issue[]> {
  for (let page = 1; ; page++) {
    const answer = await api.get(
      'GET /repos/{owner}/{repo}/issues',
      { ...name, state: 'all', sort: 'updated', direction: 'asc', per_page: PAGE, page, ...(since ? { since } : {}) },
      { schema: z.array(issueSchema), signal },
    );
    const issues = 'data' in answer ? answer.data : [];
    yield issues.filter(({ pull_request }) => pull_request === undefined);
    if (issues.length < PAGE) return;
  }
}

/** One issue or pull request, unless it is as it was. */
export async function findIssue(
  api: GitHubApi,
  name: RepositoryName,
  number: number,
  options: { readonly etag?: string; readonly signal: AbortSignal },
) {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  return api.get(route, { ...name, issue_number: number }, { schema: issueSchema, ...options });
}

/** With what people answered; what bots say under issues is no knowledge. */
export async function talkOfIssue(
  api: GitHubApi,
  name: RepositoryName,
  issue: Issue,
  signal: AbortSignal,
): Promise<Talk> {
  const comments: Comment[] = [];
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  for (let page = 1; issue.comments > 0 && page <= MAX_COMMENT_PAGES; page++) {
    const asked = { ...name, issue_number: issue.number, per_page: PAGE, page };
    const answer = await api.get(route, asked, { schema: z.array(commentSchema), signal });
    const found = 'data' in answer ? answer.data : [];
    for (const { id, body, created_at, user } of found) {
      if (user?.type === 'Bot') continue;
      const author = user?.login ?? 'ghost';
      comments.push({ author, atMs: created_at, anchor: `issuecomment-${id}`, text: body ?? '' });
    }
    if (found.length < PAGE) break;
  }
  return {
    title: `#${issue.number} ${issue.title}`,
    ...{ text: issue.body ?? '', updatedAtMs: Date.parse(issue.updated_at), comments },
  };
}
