import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AudienceFacts } from '../../../../src/knowledge/ingest/Ingest.ts';
import { createGitHubApi } from '../../../../src/sync/sources/github/createGitHubApi.ts';
import { createGitHubReader } from '../../../../src/sync/sources/github/createGitHubReader.ts';
import { createGitHubSource } from '../../../../src/sync/sources/github/createGitHubSource.ts';
import { parseGitHubUrl, webHostOf } from '../../../../src/sync/sources/github/parseGitHubUrl.ts';
import { createLinksSource } from '../../../../src/sync/sources/links/createLinksSource.ts';
import type { FakeRepository } from '../../../fakes/github/repository.ts';
import { type FakeGitHub, startFakeGitHub } from '../../../fakes/github/startFakeGitHub.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestSources, type TestSources } from '../openTestSources.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let test: TestSources;
let github: FakeGitHub;
let repo: FakeRepository;
beforeEach(async () => {
  test = await openTestSources();
  github = await startFakeGitHub(() => test.clock.now);
  repo = github.repository('acme/tools');
});
afterEach(async () => {
  await github.stop();
  await test.close();
});

const api = (token: string | undefined = github.token) =>
  createGitHubApi({ apiUrl: github.url, ...(token ? { token } : {}), fetch, timing: test.timing });

function run(options: { audience?: AudienceFacts; token?: string | null; issues?: boolean } = {}) {
  const settings = {
    ...{ owner: 'acme', repo: 'tools', spaceId: test.spaceId, files: true, discussions: true },
    ...{ cron: '0 * * * *', staleAfterMs: HOUR_MS, maxFileBytes: 100_000 },
    ...{ issues: options.issues ?? true, audience: options.audience },
  };
  const used =
    options.token === null ? createGitHubApi({ apiUrl: github.url, fetch, timing: test.timing }) : api(options.token);
  return test.run(createGitHubSource(settings, { api: used, reading }));
}
const read = () => [...new Set(test.pages().map(({ document }) => document))].sort();
const words = () =>
  test
    .pages()
    .map(({ text }) => text)
    .join('\n');
const paths = () => github.requests.map(({ path }) => path.split('?')[0]);

describe('a repository', () => {
  it('is its Markdown files, issues and discussions, each cited by its own address', async () => {
    repo.write('README.md', '# Tools\n\nSee [the guide](docs/guide.md).');
    repo.write('docs/guide.md', '# Guide\n\nTurn the crank twice.');
    repo.write('main.c', 'int main;');
    repo.write('node_modules/x/README.md', 'Not ours.');
    repo.issue(7, 'Crank is stuck', 'It does not turn.');
    repo.comment(
      repo.issues.get(7),
      'ben',
      `Oil it first.\n\n${'The crank of this tool is old and needs care. '.repeat(40)}`,
    );
    repo.comment(repo.issues.get(7), 'robot', 'This issue is stale.', { isBot: true });
    repo.issue(8, 'Oil the crank', 'A change.', { isPull: true });
    repo.discussion(3, 'Which oil?', 'I have only butter.');
    repo.comment(repo.discussions.get(3), 'ann', 'Butter works.', { isAnswer: true });
    await run();
    expect(read()).toEqual(['README.md', 'discussion/3', 'docs/guide.md', 'issue/7']);
    expect(words()).toContain('Oil it first');
    expect(words()).toContain('Answer by ann');
    expect(words()).not.toContain('stale');
    const urls = test.pages().map(({ url }) => url);
    expect(urls).toContainEqual(expect.stringContaining(`${repo.url}/blob/main/docs/guide.md`));
    expect(urls).toContainEqual(expect.stringMatching(/\/issues\/7#issuecomment-\d+$/));
  });

  it('costs a few conditional requests while nothing has changed', async () => {
    repo.write('README.md', '# Tools');
    repo.issue(7, 'Crank is stuck', 'It does not turn.');
    await run();
    const before = test.index();
    const asked = github.requests.length;
    test.pass(HOUR_MS);
    expect((await run()).pages).toMatchObject({ added: 0, changed: 0 });
    expect(test.index()).toEqual(before);
    expect(github.requests.length - asked).toBeLessThanOrEqual(5);
    expect(github.requests.some(({ path, status }) => path.includes('/git/trees/') && status === 304)).toBe(true);
  });

  it('shows edits, and forgets what is deleted', async () => {
    repo.write('a.md', 'Alpha words.');
    repo.write('b.md', 'Beta words.');
    repo.issue(1, 'One', 'First issue.');
    repo.issue(2, 'Two', 'Second issue.');
    repo.discussion(3, 'Three', 'First discussion.');
    await run();
    test.pass(DAY_MS);
    repo.write('a.md', 'Alpha, second edition.');
    repo.files.delete('b.md');
    repo.issues.delete(1);
    repo.issue(2, 'Two', 'Second issue, edited.');
    repo.discussions.delete(3);
    await run();
    expect(read()).toEqual(['a.md', 'issue/2']);
    expect(words()).toContain('second edition');
    expect(words()).toContain('edited');
    expect(words()).not.toMatch(/Beta|First/);
  });

  it('that is private is left out, and said, unless the operator names who may read it', async () => {
    github.repository('acme/tools', { isPrivate: true });
    repo.write('plan.md', 'The secret plan.');
    const { error } = await run();
    expect(error).toBeUndefined();
    expect(read()).toEqual([]);
    expect(test.failures().join()).toMatch(/acme\/tools is private.*audience/);
    const board = await test.channel('C9', { kind: 'members', personIds: ['ANNA'] });
    await run({ audience: { kind: 'as', source: board } });
    const everybody = { kind: 'everybody', spaces: [test.spaceId] } as const;
    expect(await test.found('secret plan', everybody)).toEqual([]);
    expect(await test.found('secret plan', { kind: 'person', space: test.spaceId, personId: 'ANNA' })).toHaveLength(1);
    expect(test.failures()).toEqual([]);
  });

  it('that is made private is closed at once', async () => {
    repo.write('plan.md', 'The open plan.');
    const everybody = { kind: 'everybody', spaces: [test.spaceId] } as const;
    await run();
    expect(await test.found('open plan', everybody)).toHaveLength(1);
    github.repository('acme/tools', { isPrivate: true });
    await run();
    expect(await test.found('open plan', everybody)).toEqual([]);
    expect(read()).toEqual([]);
    github.repository('acme/tools', { isPrivate: false });
    await run();
    expect(await test.found('open plan', everybody)).toHaveLength(1);
  });

  it('goes on where GitHub stopped it, and reads nothing twice', async () => {
    for (let n = 1; n <= 3; n++) {
      repo.write(`${n}.md`, `File ${n}.`);
      repo.issue(n, `Issue ${n}`, `Issue ${n}.`);
    }
    for (const talk of repo.issues.values()) repo.comment(talk, 'ann', 'Me too.');
    for (let times = 0; times < 20; times++) {
      // Each time it comes a little further.
      const asked = github.requests.length;
      const outcome = run();
      while (github.requests.length < asked + 4 && !(await settled(outcome))) await tick();
      github.fail('limit', 1);
      if ((await outcome).error === undefined) break;
    }
    expect(read()).toHaveLength(6);
    const blobs = paths().filter((path) => path?.includes('/blobs/'));
    expect(blobs.length).toBeLessThanOrEqual(6);
  });

  it('says when its limit is used up, its token is wrong, or it is not there', async () => {
    github.fail('limit');
    expect((await run()).error).toMatch(/limit of requests is used up until \d\d:\d\d UTC/);
    expect((await run({ token: 'ghp_wrong' })).error).toMatch(/does not accept GITHUB_TOKEN/);
    expect((await run({ token: 'ghp_wrong' })).error).not.toMatch(/ghp_wrong/);
    github.fail(502);
    expect((await run()).error).toMatch(/does not answer \(502\)/);
    await github.stop();
    expect((await run()).error).toMatch(/does not answer/);
    github = await startFakeGitHub(() => test.clock.now);
    expect((await run()).error).toMatch(/shows no repository/);
  });

  it('takes nothing away while its tree is listed in part, or GitHub is down', async () => {
    repo.write('a.md', 'Alpha words.');
    repo.write('b.md', 'Beta words.');
    await run();
    repo.files.delete('b.md');
    repo.isTruncated = true;
    await run();
    github.fail(500);
    await run();
    expect(read()).toEqual(['a.md', 'b.md']);
  });

  it('without a token is read without its discussions, and it is said', async () => {
    repo.write('a.md', 'Alpha words.');
    repo.discussion(3, 'Three', 'First discussion.');
    await run({ token: null });
    expect(read()).toEqual(['a.md']);
    expect(test.failures().join()).toMatch(/discussions .* GITHUB_TOKEN/);
  });

  it('names a file that is none, and goes on', async () => {
    repo.write('broken.md', Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]));
    repo.write('large.md', 'x'.repeat(200_000));
    repo.write('good.md', 'Good words.');
    await run();
    expect(read()).toEqual(['good.md']);
    expect(test.failures()).toHaveLength(2);
  });
});

describe('a link to GitHub', () => {
  const worthReading = () => true;
  const settings = {
    ...{ cron: '* * * * *', refreshMs: DAY_MS, staleAfterMs: DAY_MS, perMessage: 20, atOnce: 1 },
    ...{ depth: 0, depthHosts: [] },
  };
  async function follow(...links: string[]) {
    const channel = await test.channel('C1');
    await test.say(channel, '1', links.join(' '));
    const reader = createGitHubReader({ api: api(), webHost: webHostOf(github.url), reading, timing: test.timing });
    const deps = {
      links: test.store.messageLinks,
      pages: test.store.linkedPages,
      readers: [reader],
      worthReading,
      settings,
    };
    return () => test.run(createLinksSource(test.spaceId, 'Team', deps));
  }

  it('is read through its API, and costs a conditional request when nothing has changed', async () => {
    repo.write('README.md', '# Tools\n\nTurn the crank.');
    repo.write('docs/a b.md', 'Spaced words.');
    repo.issue(7, 'Stuck', 'It does not turn.');
    repo.issue(8, 'Oil', 'A pull request.', { isPull: true });
    repo.discussion(3, 'Which oil?', 'Butter.');
    const links = ['', '/blob/main/docs/a%20b.md', '/issues/7', '/pull/8', '/discussions/3'].map(
      (path) => repo.url + path,
    );
    const again = await follow(...links);
    await again();
    expect(test.failures()).toEqual([]);
    for (const said of ['Turn the crank', 'Spaced words', 'does not turn', 'pull request', 'Butter']) {
      expect(words()).toContain(said);
    }
    test.pass(DAY_MS);
    expect((await again()).pages).toMatchObject({ changed: 0, unchanged: 5 });
    expect(github.requests.filter(({ status }) => status === 304)).toHaveLength(4);
    expect(paths().every((path) => path?.startsWith('/repos/') || path === '/graphql')).toBe(true);
  });

  it('to something private is left out, and said; to something else there, too', async () => {
    github.repository('acme/secret', { isPrivate: true }).issue(1, 'Plan', 'The secret plan.');
    await (await follow(`${github.url}/acme/secret/issues/1`, `${repo.url}/actions`, `${repo.url}/issues/99`))();
    expect(words()).toBe('');
    expect(test.failures().join('\n')).toMatch(/secret is private/);
    expect(test.failures()).toHaveLength(3);
  });

  it('is understood as people write it', () => {
    const kind = (path: string) => parseGitHubUrl(`https://github.com${path}`, 'github.com');
    expect(kind('/acme/tools')).toMatchObject({ kind: 'readme', owner: 'acme', repo: 'tools' });
    expect(kind('/acme/tools.git')).toMatchObject({ kind: 'readme', repo: 'tools' });
    expect(kind('/acme/tools/blob/main/docs/a.md')).toMatchObject({ kind: 'file', ref: 'main', path: 'docs/a.md' });
    expect(kind('/acme/tools/issues/7')).toMatchObject({ kind: 'issue', number: 7 });
    for (const none of [
      '/',
      '/acme',
      '/acme/tools/actions',
      '/acme/tools/issues',
      '/settings/tokens',
      '/acme/tools/blob/main',
    ]) {
      expect(kind(none)).toBeUndefined();
    }
    for (const hostile of [
      '/acme/%2e%2e/issues/1',
      '/acme/tools/blob/main/..%2f..%2fx.md',
      '/acme/tools/issues/1e9',
      '/%zz/x',
    ]) {
      expect(kind(hostile)).toBeUndefined();
    }
    expect(webHostOf('https://api.github.com')).toBe('github.com');
    expect(webHostOf('https://git.corp.example/api/v3')).toBe('git.corp.example');
  });
});

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), tick().then(() => false)]);
}
