import type { FakeComment, FakeRepository, FakeTalk } from './repository.ts';
import type { Answer } from './startFakeGitHub.ts';

/** The discussions of a repository, as https://docs.github.com/graphql has them: newest first, in pages; one; their numbers. */
export function answerGraphql(body: string, repositories: readonly FakeRepository[]): Answer {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
  const name = `${variables.owner}/${variables.repo}`;
  const repository = repositories.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!repository) {
    const message = `Could not resolve to a Repository with the name '${name}'.`;
    return { status: 200, body: { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message }] } };
  }
  const give = (found: unknown): Answer => ({ status: 200, body: { data: { repository: found } } });
  if (query.includes('discussion(number:')) {
    const talk = repository.discussions.get(Number(variables.number));
    return give({ discussion: talk ? discussion(repository, talk) : null });
  }
  const size = Number(/first: (\d+), after/.exec(query)?.[1] ?? 25);
  const from = Number(variables.after ?? 0);
  const all = [...repository.discussions.values()].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const nodes = all.slice(from, from + size).map((talk) => discussion(repository, talk));
  const hasNextPage = all.length > from + size;
  return give({
    discussions: { pageInfo: { hasNextPage, endCursor: hasNextPage ? String(from + size) : null }, nodes },
  });
}

function discussion({ url }: FakeRepository, { number, title, body, updatedAt, comments }: FakeTalk) {
  const nodes = comments.map((one) => ({
    ...reply(one),
    isAnswer: one.isAnswer ?? false,
    replies: { nodes: one.replies.map(reply) },
  }));
  return { number, title, body, updatedAt, url: `${url}/discussions/${number}`, comments: { nodes } };
}

function reply({ id, author, body, at }: FakeComment) {
  return { databaseId: id, body, createdAt: at, author: { login: author } };
}
