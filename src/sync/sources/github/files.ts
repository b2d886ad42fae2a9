import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { Page } from '../../../knowledge/read/Page.ts';
import { resolveLinks } from '../../../knowledge/read/resolveLinks.ts';
import { titleOf } from '../../import/folder.ts';
import type { PageReading } from '../../import/PageReading.ts';
import type { GitHubApi } from './createGitHubApi.ts';
import type { RepositoryFacts, RepositoryName } from './repository.ts';

const treeSchema = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({ path: z.string(), type: z.string(), sha: z.string(), size: z.number().optional(), mode: z.string() }),
  ),
});
const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });

const MARKDOWN = /\.(?:md|markdown|mdown|mkd|mdx)$/i;
const OF_OTHERS = /(?:^|\/)(?:node_modules|vendor|third_party)\//;
const SYMLINK = '120000';

export interface RepositoryFile {
  readonly path: string;
  readonly sha: string;
  readonly sizeBytes: number;
}

export interface Tree {
  readonly files: readonly RepositoryFile[];
  /** GitHub does not list all of a very large one. */
  readonly isWhole: boolean;
  readonly etag?: string;
}

/** The Markdown files of a branch; undefined when they are as they were. */
export async function readTree(
  api: GitHubApi,
  name: RepositoryName,
  branch: string,
  options: { readonly etag?: string; readonly signal: AbortSignal },
): Promise<Tree | undefined> {
  const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}';
  const answer = await api
    .get(route, { ...name, tree_sha: branch, recursive: 'true' }, { schema: treeSchema, ...options })
    .catch((error: unknown) => {
      // An empty repository has no tree.
      const isEmpty = error instanceof BackscrollError && (error.code === 'not-found' || /\(409\)/.test(error.message));
      if (isEmpty) return { data: { truncated: false, tree: [] } };
      throw error;
    });
  if ('unchanged' in answer) return undefined;
  const { tree, truncated } = answer.data;
  const files = tree
    .filter(
      ({ type, mode, path }) => type === 'blob' && mode !== SYMLINK && MARKDOWN.test(path) && !OF_OTHERS.test(path),
    )
    .map(({ path, sha, size = 0 }) => ({ path, sha, sizeBytes: size }));
  return { files, isWhole: !truncated, ...('etag' in answer && answer.etag ? { etag: answer.etag } : {}) };
}

/** @throws BackscrollError `input` for what cannot be read */
export async function readFile(
  api: GitHubApi,
  name: RepositoryName,
  { path, sha }: RepositoryFile,
  options: { readonly facts: RepositoryFacts; readonly reading: PageReading; readonly signal: AbortSignal },
): Promise<{ readonly page: Page; readonly url: string }> {
  const { facts, reading, signal } = options;
  const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
  const answer = await api.get(route, { ...name, file_sha: sha }, { schema: blobSchema, signal });
  if ('unchanged' in answer) throw new TypeError('Nothing was asked conditionally.');
  const bytes = Buffer.from(answer.data.content, 'base64');
  const url = `${facts.url}/blob/${encoded(facts.branch)}/${encoded(path)}`;
  return { page: resolveLinks(await reading.read({ bytes, path, fallbackTitle: titleOf(path) }), url), url };
}

export function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
