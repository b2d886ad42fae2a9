import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Timing } from '../../../base/Timing.ts';
import { resolveLinks } from '../../../knowledge/read/resolveLinks.ts';
import { titleOf } from '../../import/folder.ts';
import type { PageReading } from '../../import/PageReading.ts';
import type { Looked, PageReader } from '../../web/PageReader.ts';
import type { GitHubApi } from './createGitHubApi.ts';
import { findDiscussion, talkOfDiscussion } from './discussions.ts';
import { encoded } from './files.ts';
import { findIssue, talkOfIssue } from './issues.ts';
import { type GitHubLink, isGitHubUrl, parseGitHubUrl } from './parseGitHubUrl.ts';
import { type RepositoryFacts, repositoryFacts } from './repository.ts';
import { pageOfTalk } from './Talk.ts';

const contentSchema = z.object({
  type: z.literal('file'),
  path: z.string(),
  sha: z.string(),
  content: z.string(),
  /** `none` for a file of more than a megabyte. */
  encoding: z.string(),
});
const FACTS_KEPT_MS = 10 * 60_000;
const MAX_REPOSITORIES = 1_000;

/**
 * Addresses of GitHub through its API. Only what anybody may read: who may read a private repository cannot be told from
 * who is in a channel, so that it is left out, and said.
 * @param webHost as `webHostOf` gives it
 */
export function createGitHubReader(deps: {
  readonly api: GitHubApi;
  readonly webHost: string;
  readonly reading: PageReading;
  readonly timing: Timing;
}): PageReader {
  const { api, webHost, reading, timing } = deps;
  const known = new Map<string, { readonly untilMs: number; readonly facts: RepositoryFacts }>();

  async function publicFacts(link: GitHubLink, signal: AbortSignal): Promise<RepositoryFacts> {
    const key = `${link.owner}/${link.repo}`.toLowerCase();
    const held = known.get(key);
    const isFresh = held !== undefined && held.untilMs > timing.now();
    const facts = isFresh ? held.facts : await repositoryFacts(api, { owner: link.owner, repo: link.repo }, signal);
    if (!isFresh) known.set(key, { facts, untilMs: timing.now() + FACTS_KEPT_MS });
    if (known.size > MAX_REPOSITORIES) known.delete(known.keys().next().value as string);
    if (facts.isPublic) return facts;
    throw new BackscrollError(
      'refused',
      `Left out: ${link.owner}/${link.repo} is private, and who may read it cannot be told. Name it under github.repositories with an audience to have it read.`,
    );
  }

  async function readFile(
    link: GitHubLink & { kind: 'readme' | 'file' },
    etag: string | undefined,
    signal: AbortSignal,
  ) {
    const facts = await publicFacts(link, signal);
    const { owner, repo } = link;
    const name = { owner, repo };
    const answer =
      link.kind === 'readme'
        ? await api.get('GET /repos/{owner}/{repo}/readme', name, { schema: contentSchema, ...asked(etag), signal })
        : await api.get(
            'GET /repos/{owner}/{repo}/contents/{+path}',
            { ...name, path: encoded(link.path), ref: link.ref },
            { schema: contentSchema, ...asked(etag), signal },
          );
    if ('unchanged' in answer) return undefined;
    const { path, sha, content, encoding } = answer.data;
    if (encoding !== 'base64') throw new BackscrollError('input', 'Left out: GitHub shows files of up to 1 MB.');
    if (!reading.canRead(path)) throw new BackscrollError('input', 'Left out: such files are not read.');
    const ref = link.kind === 'file' ? link.ref : facts.branch;
    const url = `${facts.url}/blob/${encoded(ref)}/${encoded(path)}`;
    const fallbackTitle = link.kind === 'readme' ? `${owner}/${repo}` : titleOf(path);
    const page = await reading.read({ bytes: Buffer.from(content, 'base64'), path, fallbackTitle });
    const cited = link.kind === 'readme' ? facts.url : url;
    return { page: resolveLinks({ ...page }, url), url: cited, hash: sha, etag: answer.etag };
  }

  async function readTalk(link: GitHubLink & { number: number }, etag: string | undefined, signal: AbortSignal) {
    await publicFacts(link, signal);
    const name = { owner: link.owner, repo: link.repo };
    if (link.kind === 'discussion') {
      const discussion = await findDiscussion(api, name, link.number, signal);
      if (!discussion) throw new BackscrollError('not-found', 'GitHub has no such discussion.');
      const page = await pageOfTalk(talkOfDiscussion(discussion), reading);
      return { page, url: discussion.url, hash: discussion.updatedAt, etag: undefined };
    }
    const answer = await findIssue(api, name, link.number, { ...asked(etag), signal });
    if ('unchanged' in answer) return undefined;
    const page = await pageOfTalk(await talkOfIssue(api, name, answer.data, signal), reading);
    return { page, url: answer.data.html_url, hash: answer.data.updated_at, etag: answer.etag };
  }

  return {
    takes: (url) => isGitHubUrl(url, webHost),
    async read(url, { validators, hash: before }, signal): Promise<Looked> {
      const link = parseGitHubUrl(url, webHost);
      if (!link) throw new BackscrollError('refused', 'Not fetched: only files, issues and discussions of GitHub are.');
      const etag = validators?.url === url ? validators.etag : undefined;
      try {
        const read =
          link.kind === 'readme' || link.kind === 'file'
            ? await readFile(link, etag, signal)
            : await readTalk(link, etag, signal);
        if (read === undefined) return { status: 'unchanged' };
        const memory = { hash: read.hash, validators: { url, ...asked(read.etag) } };
        if (read.hash === before) return { status: 'unchanged', memory };
        return { status: 'ok', page: read.page, url: read.url, memory };
      } catch (error) {
        if (error instanceof BackscrollError && error.code === 'not-found') return { status: 'gone', code: 404 };
        throw error;
      }
    },
  };
}

function asked(etag: string | undefined): { etag?: string } {
  return etag ? { etag } : {};
}
