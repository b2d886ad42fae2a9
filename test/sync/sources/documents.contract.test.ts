import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceFacts } from '../../../src/knowledge/ingest/Ingest.ts';
import { createFolderSource } from '../../../src/sync/sources/folder/createFolderSource.ts';
import { createGitHubApi } from '../../../src/sync/sources/github/createGitHubApi.ts';
import { createGitHubSource } from '../../../src/sync/sources/github/createGitHubSource.ts';
import { createLinksSource } from '../../../src/sync/sources/links/createLinksSource.ts';
import { createSiteSource } from '../../../src/sync/sources/site/createSiteSource.ts';
import { createWebReader } from '../../../src/sync/web/createWebReader.ts';
import { describeSource, type SourceBed } from '../../contracts/source.ts';
import { startFakeGitHub } from '../../fakes/github/startFakeGitHub.ts';
import { reading } from '../import/pageReading.ts';
import { openTestSources } from './openTestSources.ts';

const DAY_MS = 86_400_000;
const BROKEN = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0, 1, 2]);
const rhythm = { cron: '* * * * *', staleAfterMs: DAY_MS };

async function openBed() {
  const test = await openTestSources();
  const base = {
    until: <T>(promise: Promise<T>) => promise,
    now: () => test.clock.now,
    later: async () => test.pass(2 * DAY_MS),
    stop: () => test.close(),
  };
  const place = (kind: SourceFacts['kind']): SourceFacts => ({
    ...{ spaceId: test.spaceId, kind, key: 'things', name: 'Things', audience: { kind: 'everybody' } },
  });
  return { test, base, place };
}

describeSource('of linked documents', async (): Promise<SourceBed> => {
  const { test, base } = await openBed();
  const channel = await test.channel('C1');
  const url = (name: string) => test.web.at('docs.example', `/${name}`);
  const put = async (name: string, body: string | Buffer) => {
    test.web.put(url(name), { body });
    await test.say(channel, name, `look at ${url(name)}`);
  };
  const deps = {
    ...{ links: test.store.messageLinks, pages: test.store.linkedPages, worthReading: () => true },
    readers: [createWebReader({ fetch: test.polite.fetch, reading })],
    settings: { ...rhythm, refreshMs: DAY_MS, perMessage: 20, depth: 0, depthHosts: [], atOnce: 2 },
  };
  return {
    ...base,
    source: () => createLinksSource(test.spaceId, 'Team', deps),
    write: (name, text) => put(name, `<title>${name}</title><p>${text}</p>`),
    remove: async (name) => test.web.put(url(name), undefined),
    spoil: (name) => put(name, BROKEN),
    async store(item) {
      if (item.kind === 'page' && typeof item.to !== 'number') {
        await test.ingest.page(await test.ingest.source(item.to), item.key, item.page, item.url);
      }
      if (item.kind === 'gone' && typeof item.to === 'number') await test.ingest.drop(item.to, item.keys);
    },
  };
});

describeSource('of a web site', async (): Promise<SourceBed> => {
  const { test, base, place } = await openBed();
  const names = new Set<string>();
  const url = (name: string) => test.web.at('docs.example', `/${name}`);
  const list = () =>
    test.web.put(
      url('sitemap.xml'),
      `<urlset>${[...names].map((name) => `<url><loc>${url(name)}</loc></url>`).join('')}</urlset>`,
    );
  const put = async (name: string, body: string | Buffer) => {
    test.web.put(url(name), { body });
    names.add(name);
    list();
  };
  const settings = { ...rhythm, url: url(''), refreshMs: DAY_MS, maxPages: 100 };
  const deps = { ...test.polite, reader: createWebReader({ fetch: test.polite.fetch, reading }) };
  list();
  return {
    ...base,
    source: () => createSiteSource(place('site'), settings, deps),
    write: (name, text) => put(name, `<title>${name}</title><p>${text}</p>`),
    async remove(name) {
      names.delete(name);
      list();
    },
    spoil: (name) => put(name, BROKEN),
  };
});

describeSource('of a folder', async (): Promise<SourceBed> => {
  const { base, place } = await openBed();
  const path = mkdtempSync(join(tmpdir(), 'backscroll-folder-'));
  let seconds = 0;
  const put = async (name: string, body: string | Buffer) => {
    writeFileSync(join(path, `${name}.md`), body);
    utimesSync(join(path, `${name}.md`), ++seconds, seconds);
  };
  return {
    ...base,
    source: () => createFolderSource(place('folder'), { ...rhythm, path, maxDocumentBytes: 100_000 }, reading),
    write: put,
    remove: async (name) => rmSync(join(path, `${name}.md`)),
    spoil: (name) => put(name, BROKEN),
    async stop() {
      rmSync(path, { recursive: true, force: true });
      await base.stop();
    },
  };
});

describeSource('of a repository, by its files', async () => openRepository('files'));
describeSource('of a repository, by its issues', async () => openRepository('issues'));
describeSource('of a repository, by its discussions', async () => openRepository('discussions'));

async function openRepository(part: 'files' | 'issues' | 'discussions'): Promise<SourceBed> {
  const { test, base } = await openBed();
  const github = await startFakeGitHub(() => test.clock.now);
  const repository = github.repository('acme/tools');
  const api = createGitHubApi({ apiUrl: github.url, token: github.token, fetch, timing: test.timing });
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => numbers.get(name) ?? numbers.set(name, numbers.size + 1).size;
  const settings = {
    ...{ ...rhythm, owner: 'acme', repo: 'tools', spaceId: test.spaceId, audience: undefined, maxFileBytes: 100_000 },
    ...{ files: part === 'files', issues: part === 'issues', discussions: part === 'discussions' },
  };
  return {
    ...base,
    source: () => createGitHubSource(settings, { api, reading }),
    async write(name, text) {
      // Moments are told in seconds there.
      test.pass(1_000);
      if (part === 'files') repository.write(`${name}.md`, text);
      else if (part === 'issues') repository.issue(numberOf(name), name, text);
      else repository.discussion(numberOf(name), name, text);
    },
    async remove(name) {
      repository.files.delete(`${name}.md`);
      repository[part === 'files' ? 'issues' : part].delete(numberOf(name));
    },
    ...(part === 'files' ? { spoil: async (name: string) => repository.write(`${name}.md`, BROKEN) } : {}),
    async stop() {
      await github.stop();
      await base.stop();
    },
  };
}
