import type { FakeRepository, FakeTalk } from './repository.ts';
import type { Answer } from './startFakeGitHub.ts';

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };
const ok = (body: unknown): Answer => ({ status: 200, body });

/** https://docs.github.com/rest, as far as it is asked. */
export function answerRest(url: URL, repositories: readonly FakeRepository[]): Answer {
  const match = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(url.pathname);
  const repository = repositories.find(({ name }) => name.toLowerCase() === match?.[1]?.toLowerCase());
  if (!repository) return notFound;
  const path = match?.[2] ?? '';
  if (path === '') return ok(facts(repository));
  if (path.startsWith('/git/trees/')) return tree(repository);
  const blob = /^\/git\/blobs\/(\w+)$/.exec(path)?.[1];
  if (blob) {
    const file = [...repository.files.values()].find(({ sha }) => sha === blob);
    return file ? ok({ sha: blob, content: lines(file.bytes), encoding: 'base64' }) : notFound;
  }
  if (path === '/readme') return content(repository, 'README.md');
  if (path.startsWith('/contents/')) return content(repository, decodeURIComponent(path.slice('/contents/'.length)));
  if (path === '/issues') return issues(repository, url.searchParams);
  const [, number, comments] = /^\/issues\/(\d+)(\/comments)?$/.exec(path) ?? [];
  const talk = repository.issues.get(Number(number));
  if (!talk) return notFound;
  return ok(comments ? paged(talk.comments.map(comment), url.searchParams) : issue(repository, talk));
}

function facts({ name, url, isPrivate }: FakeRepository) {
  const visibility = isPrivate ? 'private' : 'public';
  return {
    full_name: name,
    private: isPrivate,
    visibility,
    default_branch: 'main',
    html_url: url,
    has_discussions: true,
  };
}

function tree({ files, isTruncated }: FakeRepository): Answer {
  if (files.size === 0) return { status: 409, body: { message: 'Git Repository is empty.' } };
  const entries = [...files].map(([path, { sha, bytes }]) => ({
    ...{ path, sha, size: bytes.length, type: 'blob', mode: '100644' },
  }));
  return ok({ sha: 'tree', truncated: isTruncated, tree: entries });
}

function content({ files }: FakeRepository, path: string): Answer {
  const file = files.get(path);
  if (!file) return notFound;
  return ok({ type: 'file', path, sha: file.sha, content: lines(file.bytes), encoding: 'base64' });
}

/** GitHub breaks base64 into lines. */
function lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{60}/g, '$&\n');
}

function issues(repository: FakeRepository, query: URLSearchParams): Answer {
  const since = query.get('since') ?? '';
  const found = [...repository.issues.values()]
    .filter(({ updatedAt }) => updatedAt >= since)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : a.updatedAt > b.updatedAt ? 1 : a.number - b.number));
  return ok(paged(found, query).map((talk) => issue(repository, talk)));
}

function paged<T>(all: readonly T[], query: URLSearchParams): T[] {
  const size = Number(query.get('per_page') ?? 30);
  const from = (Number(query.get('page') ?? 1) - 1) * size;
  return all.slice(from, from + size);
}

function issue({ url }: FakeRepository, { number, title, body, updatedAt, comments, isPull }: FakeTalk) {
  return {
    ...{ number, title, body, updated_at: updatedAt, comments: comments.length },
    html_url: `${url}/${isPull ? 'pull' : 'issues'}/${number}`,
    ...(isPull ? { pull_request: {} } : {}),
  };
}

function comment({ id, author, body, at, isBot }: FakeTalk['comments'][number]) {
  return { id, body, created_at: at, user: { login: author, type: isBot ? 'Bot' : 'User' } };
}
