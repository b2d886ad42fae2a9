import type { RepositoryName } from './repository.ts';

export type GitHubLink = RepositoryName &
  (
    | { readonly kind: 'readme' }
    | { readonly kind: 'file'; readonly ref: string; readonly path: string }
    | { readonly kind: 'issue'; readonly number: number }
    | { readonly kind: 'discussion'; readonly number: number }
  );

const NAME = /^[\w.-]{1,100}$/;
const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;
/** First parts of addresses that are no people's names. */
const NOT_OWNERS =
  /^(?:about|apps|collections|enterprise|events|explore|features|issues|login|marketplace|notifications|orgs|pricing|pulls|discussions|search|settings|sponsors|topics|users)$/i;

/** The host on the web that an API belongs to: `https://api.github.com` is github.com's. */
export function webHostOf(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  return host === 'api.github.com' ? 'github.com' : host.replace(/^api\./, '');
}

/**
 * What an address of GitHub's stands for, as far as it is read: a repository (its README), a file, an issue or pull request,
 * a discussion. Undefined for everything else there.
 */
export function parseGitHubUrl(address: string, webHost: string): GitHubLink | undefined {
  const url = new URL(address);
  let parts: string[];
  try {
    parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  if (webHost === 'github.com' && url.host === 'raw.githubusercontent.com') parts.splice(2, 0, 'blob');
  else if (url.host !== webHost && url.host !== `www.${webHost}`) return undefined;
  const [owner = '', last = '', kind, ...rest] = parts;
  const repo = last.replace(/\.git$/, '');
  if (!OWNER.test(owner) || NOT_OWNERS.test(owner) || !NAME.test(repo) || /^\.{1,2}$/.test(repo)) return undefined;
  if (kind === undefined) return { owner, repo, kind: 'readme' };
  if (kind === 'blob' || kind === 'raw') {
    const [ref, ...path] = rest[0] === 'refs' && rest[1] === 'heads' ? rest.slice(2) : rest;
    const isPath = path.length > 0 && path.every((part) => !/^\.{0,2}$/.test(part) && !part.includes('/'));
    return ref !== undefined && isPath ? { owner, repo, kind: 'file', ref, path: path.join('/') } : undefined;
  }
  if (!/^\d{1,9}$/.test(rest[0] ?? '')) return undefined;
  const number = Number(rest[0]);
  if ((kind === 'issues' || kind === 'pull') && rest.length === 1) return { owner, repo, kind: 'issue', number };
  return kind === 'discussions' && rest.length === 1 ? { owner, repo, kind: 'discussion', number } : undefined;
}

/** Whether it leads to GitHub at all, so that it is not scraped. */
export function isGitHubUrl(address: string, webHost: string): boolean {
  const { host } = new URL(address);
  const others = webHost === 'github.com' && host === 'raw.githubusercontent.com';
  return host === webHost || host === `www.${webHost}` || others;
}
