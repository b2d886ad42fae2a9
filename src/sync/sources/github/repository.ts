import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { GitHubApi } from './createGitHubApi.ts';

export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface RepositoryFacts {
  /** Anybody may read it. An internal one is as private as a private one. */
  readonly isPublic: boolean;
  readonly branch: string;
  readonly url: string;
  readonly hasDiscussions: boolean;
}

const schema = z.object({
  private: z.boolean(),
  visibility: z.string().optional(),
  default_branch: z.string(),
  html_url: z.url(),
  has_discussions: z.boolean().default(false),
});

/** Throws BackscrollError `not-found` for one that is not there, or that the token may not see. */
export async function repositoryFacts(
  api: GitHubApi,
  name: RepositoryName,
  signal: AbortSignal,
): Promise<RepositoryFacts> {
  const answer = await api.get('GET /repos/{owner}/{repo}', { ...name }, { schema, signal }).catch((error: unknown) => {
    if (!(error instanceof BackscrollError) || error.code !== 'not-found') throw error;
    const why = api.hasToken ? 'GITHUB_TOKEN may not read it' : 'it is private: set GITHUB_TOKEN';
    const sentence = `GitHub shows no repository ${name.owner}/${name.repo} (404). Its name is wrong, or ${why}.`;
    throw new BackscrollError('not-found', sentence, { cause: error });
  });
  if ('unchanged' in answer) throw new TypeError('Nothing was asked conditionally.');
  const { data } = answer;
  return {
    isPublic: !data.private && (data.visibility ?? 'public') === 'public',
    ...{ branch: data.default_branch, url: data.html_url, hasDiscussions: data.has_discussions },
  };
}
