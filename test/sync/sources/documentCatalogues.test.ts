import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../../config/schema.ts';
import { createDocumentCatalogues } from '../../../src/sync/sources/documentCatalogues.ts';
import { type FakeGitHub, startFakeGitHub } from '../../fakes/github/startFakeGitHub.ts';
import { reading } from '../import/pageReading.ts';
import { openTestSources, type TestSources } from './openTestSources.ts';

let test: TestSources;
let github: FakeGitHub;
let folder: string;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  test = await openTestSources();
  github = await startFakeGitHub(() => test.clock.now);
  folder = mkdtempSync(join(tmpdir(), 'backscroll-folder-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
  await github.stop();
  await test.close();
});

function open(given: Record<string, unknown>) {
  const config = configSchema.parse({ ...given, github: { apiUrl: github.url, ...(given.github as object) } });
  const { catalogues, close } = createDocumentCatalogues({
    ...{ store: test.store, ingest: test.ingest, reading, config, proxies: {}, timing: test.timing },
    ...{ githubToken: github.token, resolve: test.web.resolve },
  });
  closing.push(close);
  return catalogues;
}

/** One sync of all that the config names. */
async function sync(given: Record<string, unknown>) {
  const sources = [];
  for (const { sources: list } of open(given)) sources.push(...(await list()));
  for (const source of sources) expect((await test.run(source)).error).toBeUndefined();
  return sources.map(({ about }) => about.id).sort();
}
const everybody = { kind: 'everybody', spaces: ['slack:T1'] } as const;
const anna = { kind: 'person', space: 'slack:T1', personId: 'ANNA' } as const;

describe('the sources of documents that the config names', () => {
  it('are there with nothing but defaults, and are none', async () => {
    expect(await sync({})).toEqual([]);
  });

  it('are links, sites, folders and repositories, each where it belongs', async () => {
    test.web.put(
      test.web.at('docs.example', '/sitemap.xml'),
      `<urlset><url><loc>${test.web.at('docs.example', '/a')}</loc></url></urlset>`,
    );
    test.web.put(test.web.at('docs.example', '/a'), '<title>A</title><p>The lighthouse of the site.</p>');
    test.web.put(test.web.at('wiki.example', '/b'), '<title>B</title><p>The lighthouse of the link.</p>');
    writeFileSync(join(folder, 'c.md'), 'The lighthouse of the folder.');
    github.repository('acme/tools').write('d.md', 'The lighthouse of the repository.');
    const channel = await test.channel('C1');
    await test.say(channel, '1', test.web.at('wiki.example', '/b'));
    const ids = await sync({
      links: { allowHosts: test.web.allow('docs.example', 'wiki.example'), pauseSeconds: 0 },
      sites: [{ url: test.web.at('docs.example'), space: 'Team' }],
      folders: [{ path: folder, space: 'Team' }],
      github: { repositories: [{ name: 'acme/tools', space: 'Team' }] },
    });
    expect(ids.map((id) => id.split(':')[0])).toEqual(['folder', 'github', 'links', 'site']);
    expect(await test.found('the lighthouse', everybody)).toHaveLength(4);
    expect(test.failures()).toEqual([]);
  });

  it('may be for who is in a channel, and follow it', async () => {
    writeFileSync(join(folder, 'c.md'), 'The lighthouse of the board.');
    await test.channel('C9', { kind: 'members', personIds: ['ANNA'] });
    await sync({ folders: [{ path: folder, space: 'Team', audience: { channel: '#c9' } }] });
    expect(await test.found('the lighthouse', everybody)).toEqual([]);
    expect(await test.found('the lighthouse', anna)).toHaveLength(1);
    await test.channel('C9', { kind: 'members', personIds: ['BEN'] });
    expect(await test.found('the lighthouse', anna)).toEqual([]);
  });

  it('are not shown to others when the channel is not known', async () => {
    const catalogue = open({ folders: [{ path: folder, space: 'Team', audience: { channel: 'C404' } }] });
    const folders = catalogue.find(({ kind }) => kind === 'folder');
    await expect(folders?.sources()).rejects.toThrow(/channel C404.*not known/);
  });

  it('make a local space of a name that is not known', async () => {
    writeFileSync(join(folder, 'c.md'), 'The lighthouse of the handbook.');
    await sync({ folders: [{ path: folder, space: 'Handbook' }] });
    expect(await test.found('the lighthouse', { kind: 'everybody', spaces: ['local:handbook'] })).toHaveLength(1);
    expect(await test.found('the lighthouse', everybody)).toEqual([]);
  });

  it('say which host or proxy cannot be used', () => {
    expect(() => open({ links: { allowHosts: ['http://wiki'] } })).toThrow(/links\.allowHosts/);
  });

  it('read no links when that is switched off', () => {
    expect(open({ links: { enabled: false } }).map(({ kind }) => kind)).not.toContain('links');
  });
});
