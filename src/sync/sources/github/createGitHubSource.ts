import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { AudienceFacts, SourceFacts } from '../../../knowledge/ingest/Ingest.ts';
import type { PageReading } from '../../import/PageReading.ts';
import type { Item, Source, SourceIo } from '../Source.ts';
import type { GitHubApi } from './createGitHubApi.ts';
import { allDiscussionNumbers, discussionsSince, talkOfDiscussion } from './discussions.ts';
import { readFile, readTree, type Tree } from './files.ts';
import { issuesSince, talkOfIssue } from './issues.ts';
import { type RepositoryFacts, type RepositoryName, repositoryFacts } from './repository.ts';
import { pageOfTalk, type Talk } from './Talk.ts';

export interface GitHubSettings extends RepositoryName {
  readonly spaceId: string;
  readonly files: boolean;
  readonly issues: boolean;
  readonly discussions: boolean;
  /** Who may read it here; undefined: everybody in the space, if it is public, and otherwise nobody. */
  readonly audience: AudienceFacts | undefined;
  readonly cron: string;
  readonly staleAfterMs: number;
  readonly maxFileBytes: number;
}

const cursorSchema = z.object({
  treeEtag: z.string().optional(),
  issuesSince: z.string().optional(),
  discussionsSince: z.string().optional(),
  /** Who could read it when its places were declared last. */
  audience: z.string().optional(),
  /** When it was last looked through for what is deleted. */
  fullMs: z.number().optional(),
});
type Cursor = z.output<typeof cursorSchema>;

const DAY_MS = 86_400_000;
type Part = 'files' | 'issues' | 'discussions';

/**
 * A repository: its Markdown files, issues and discussions, each part a place of its own. Files by the tree of its default
 * branch (one conditional request when nothing has changed), issues and discussions by when they changed; once a day all
 * are listed, for what was deleted.
 */
export function createGitHubSource(settings: GitHubSettings, deps: { api: GitHubApi; reading: PageReading }): Source {
  const { api, reading } = deps;
  const { owner, repo } = settings;
  const name: RepositoryName = { owner, repo };
  const full = `${owner}/${repo}`;
  /** What this run has seen, for `list`, which follows it. */
  let seen: { readonly facts: RepositoryFacts; tree?: Tree | undefined; isFull: boolean } | undefined;

  const isOpen = (facts: RepositoryFacts) => facts.isPublic || settings.audience !== undefined;
  const place = (part: Part, facts: RepositoryFacts): SourceFacts => ({
    ...{ spaceId: settings.spaceId, kind: 'repository', url: facts.url },
    key: part === 'files' ? full : `${full}/${part}`,
    name: part === 'files' ? full : `${full} ${part}`,
    audience: isOpen(facts) ? (settings.audience ?? { kind: 'everybody' }) : { kind: 'members', personIds: [] },
  });
  const partsOf = ({ hasDiscussions }: RepositoryFacts) =>
    (['files', 'issues', 'discussions'] as const).filter(
      (part) => settings[part] && (part !== 'discussions' || (hasDiscussions && api.hasToken)),
    );

  async function* readFiles(facts: RepositoryFacts, tree: Tree, io: SourceIo): AsyncGenerator<Item> {
    const changed = tree.files.filter(({ path, sha }) => io.remembered(path) !== sha);
    let done = 0;
    for (const file of changed) {
      const { path: key, sha: memory } = file;
      try {
        if (file.sizeBytes > settings.maxFileBytes)
          throw new BackscrollError('input', `Left out: ${file.sizeBytes} bytes.`);
        const read = await readFile(api, name, file, { facts, reading, signal: io.signal });
        yield { kind: 'page', to: place('files', facts), key, ...read, memory };
      } catch (error) {
        yield failure(error, io, `${facts.url}: ${key}`, key, memory);
      }
      io.report({ done: ++done, total: changed.length, unit: 'documents' });
    }
  }

  async function* readTalk(
    to: SourceFacts,
    talk: { readonly key: string; readonly url: string; readonly changed: string; read(): Promise<Talk> },
    io: SourceIo,
  ): AsyncGenerator<Item> {
    const { key, url, changed: memory } = talk;
    if (io.remembered(key) === memory) return;
    try {
      yield { kind: 'page', to, key, page: await pageOfTalk(await talk.read(), reading), url, memory };
    } catch (error) {
      yield failure(error, io, url, key, memory);
    }
  }

  async function* readIssues(facts: RepositoryFacts, cursor: Cursor, io: SourceIo): AsyncGenerator<Item> {
    for await (const issues of issuesSince(api, name, cursor.issuesSince, io.signal)) {
      for (const issue of issues) {
        const { html_url: url, updated_at: changed } = issue;
        const read = () => talkOfIssue(api, name, issue, io.signal);
        yield* readTalk(place('issues', facts), { key: `issue/${issue.number}`, url, changed, read }, io);
      }
      // In their order: whoever is stopped here goes on here.
      const last = issues.at(-1);
      if (last) cursor.issuesSince = last.updated_at;
      yield { kind: 'cursor', cursor: JSON.stringify(cursor) };
    }
  }

  async function* readDiscussions(facts: RepositoryFacts, cursor: Cursor, io: SourceIo): AsyncGenerator<Item> {
    let newest = cursor.discussionsSince;
    for await (const discussions of discussionsSince(api, name, cursor.discussionsSince, io.signal)) {
      for (const discussion of discussions) {
        const { url, updatedAt: changed } = discussion;
        if (newest === undefined || changed > newest) newest = changed;
        const read = async () => talkOfDiscussion(discussion);
        yield* readTalk(
          place('discussions', facts),
          { key: `discussion/${discussion.number}`, url, changed, read },
          io,
        );
      }
    }
    // The latest came first: only now are all of them there.
    if (newest !== undefined) cursor.discussionsSince = newest;
    yield { kind: 'cursor', cursor: JSON.stringify(cursor) };
  }

  async function* since(text: string | undefined, io: SourceIo): AsyncGenerator<Item> {
    const cursor = parseCursor(text);
    const facts = await repositoryFacts(api, name, io.signal);
    const isFull = cursor.fullMs === undefined || io.now() - cursor.fullMs >= DAY_MS || cursor.fullMs > io.now();
    seen = { facts, isFull };
    const audience = JSON.stringify(place('files', facts).audience);
    if (cursor.audience !== audience) {
      // Before anything else, so that one that was made private is closed at once.
      for (const part of partsOf(facts)) yield { kind: 'gone', to: place(part, facts), keys: [] };
      cursor.audience = audience;
    }
    const key = '(repository)';
    if (!isOpen(facts)) {
      const sentence = `${full} is private, and who may read it cannot be told from GitHub: it is left out. Give it an audience under github.repositories to have it read.`;
      yield { kind: 'failure', key, sentence };
      yield { kind: 'cursor', cursor: JSON.stringify({ audience }) };
      return;
    }
    yield { kind: 'unchanged', key, memory: null };
    if (settings.files) {
      const etag = cursor.treeEtag;
      const tree = await readTree(api, name, facts.branch, { ...(etag ? { etag } : {}), signal: io.signal });
      seen.tree = tree;
      if (tree) {
        yield* readFiles(facts, tree, io);
        delete cursor.treeEtag;
        if (tree.etag && tree.isWhole) cursor.treeEtag = tree.etag;
        yield { kind: 'cursor', cursor: JSON.stringify(cursor) };
      }
    }
    if (settings.issues) yield* readIssues(facts, cursor, io);
    if (settings.discussions && facts.hasDiscussions) {
      const tell: Item = { kind: 'unchanged', key: '(discussions)', memory: null };
      const sentence = `The discussions of ${full} are only shown to those who sign in. Set GITHUB_TOKEN.`;
      yield api.hasToken ? tell : { kind: 'failure', key: '(discussions)', sentence };
      if (api.hasToken) yield* readDiscussions(facts, cursor, io);
    }
    if (isFull) yield { kind: 'cursor', cursor: JSON.stringify({ ...cursor, fullMs: io.now() }) };
  }

  async function* list(io: SourceIo): AsyncGenerator<{ to: SourceFacts; keys: string[] }> {
    if (seen === undefined) return;
    const { facts, tree, isFull } = seen;
    if (!isOpen(facts)) {
      for (const part of partsOf(facts)) yield { to: place(part, facts), keys: [] };
      return;
    }
    if (settings.files && tree?.isWhole) yield { to: place('files', facts), keys: tree.files.map(({ path }) => path) };
    if (!isFull) return;
    if (settings.issues) {
      const keys: string[] = [];
      for await (const issues of issuesSince(api, name, undefined, io.signal)) {
        for (const { number } of issues) keys.push(`issue/${number}`);
      }
      yield { to: place('issues', facts), keys };
    }
    if (settings.discussions && api.hasToken) {
      const numbers = facts.hasDiscussions ? await allDiscussionNumbers(api, name, io.signal) : [];
      yield { to: place('discussions', facts), keys: numbers.map((number) => `discussion/${number}`) };
    }
  }

  return {
    about: {
      ...{ id: `github:${full}`, kind: 'github', spaceId: settings.spaceId, name: full },
      ...{ cron: settings.cron, staleAfterMs: settings.staleAfterMs },
    },
    changes: { since },
    everything: { inParts: true, list },
  };
}

/** One broken document; what is wrong with GitHub itself, or with us, ends the run. */
function failure(error: unknown, io: SourceIo, what: string, key: string, memory: string): Item {
  io.signal.throwIfAborted();
  const isOne = error instanceof BackscrollError && (error.code === 'input' || error.code === 'not-found');
  if (!isOne) throw error;
  return { kind: 'failure', key, sentence: `${what}: ${error.message}`, memory };
}

function parseCursor(text: string | undefined): Cursor {
  if (text === undefined) return {};
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
