import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceFacts } from '../../../../src/knowledge/ingest/Ingest.ts';
import { createSiteSource } from '../../../../src/sync/sources/site/createSiteSource.ts';
import { parseSitemap } from '../../../../src/sync/sources/site/parseSitemap.ts';
import { createWebReader } from '../../../../src/sync/web/createWebReader.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestSources, type TestSources } from '../openTestSources.ts';

const DAY_MS = 86_400_000;

let test: TestSources;
let place: SourceFacts;
beforeEach(async () => {
  test = await openTestSources();
  const audience = { kind: 'everybody' } as const;
  place = { spaceId: test.spaceId, kind: 'site', key: 'docs', name: 'docs.example', audience };
});
afterEach(() => test.close());

const url = (path: string) => test.web.at('docs.example', path);
const run = (path = '/', maxPages = 100) =>
  test.run(
    createSiteSource(
      place,
      { url: url(path), cron: '0 * * * *', staleAfterMs: DAY_MS, refreshMs: 7 * DAY_MS, maxPages },
      { ...test.polite, reader: createWebReader({ fetch: test.polite.fetch, reading }) },
    ),
  );
const page = (title: string) => `<title>${title}</title><main><h1>${title}</h1><p>Words of ${title}.</p></main>`;
const sitemap = (...entries: (string | [string, string])[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries
    .map((entry) => (typeof entry === 'string' ? [entry, ''] : entry))
    .map(
      ([path, lastmod]) =>
        `<url><loc>${url(path as string)}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`,
    )
    .join('')}</urlset>`;
const read = () => [...new Set(test.pages().map(({ document }) => new URL(document).pathname))].sort();

describe('a web site', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) test.web.put(url(`/${name}`), { body: page(name), etag: `"${name}"` });
  });

  it('is what its sitemap lists, and loses what it lists no more', async () => {
    test.web.put(url('/sitemap.xml'), sitemap('/a', '/b'));
    await run();
    expect(read()).toEqual(['/a', '/b']);
    test.web.put(url('/sitemap.xml'), sitemap('/b', '/c'));
    await run();
    expect(read()).toEqual(['/b', '/c']);
    expect(test.index().vectors.isExact).toBe(true);
  });

  it('is not asked for pages that the sitemap calls unchanged, but for those that it calls changed', async () => {
    test.web.put(url('/sitemap.xml'), sitemap(['/a', '2026-09-01'], ['/b', '2026-09-01'], '/c'));
    await run();
    test.web.put(url('/a'), page('a, second edition'));
    test.web.put(url('/sitemap.xml'), sitemap(['/a', '2026-10-02'], ['/b', '2026-09-01'], '/c'));
    test.pass(DAY_MS);
    await run();
    expect(test.web.pages().filter((path) => path !== '/sitemap.xml')).toEqual(['/a', '/b', '/c', '/a']);
    expect(
      test
        .pages()
        .map(({ text }) => text)
        .join(),
    ).toContain('second edition');
    test.pass(7 * DAY_MS);
    await run();
    expect(test.web.requests.filter(({ status }) => status === 304).map(({ path }) => path)).toEqual(['/b', '/c']);
  });

  it('may have an index of sitemaps, packed, named in robots.txt', async () => {
    const index = `<sitemapindex><sitemap><loc>${url('/s1.xml.gz')}</loc></sitemap><sitemap><loc>${url('/s2.xml')}</loc></sitemap></sitemapindex>`;
    test.web.put(url('/robots.txt'), {
      body: `Sitemap: ${url('/index.xml')}`,
      headers: { 'content-type': 'text/plain' },
    });
    test.web.put(url('/index.xml'), index);
    test.web.put(url('/s1.xml.gz'), { body: gzipSync(sitemap('/a')), headers: { 'content-type': 'application/gzip' } });
    test.web.put(url('/s2.xml'), sitemap('/b'));
    await run();
    expect(read()).toEqual(['/a', '/b']);
  });

  it('ends at its host, and below the address that was named', async () => {
    test.web.put(url('/guide/a'), page('guide'));
    const foreign = `<url><loc>${test.web.at('other.example', '/x')}</loc></url>`;
    test.web.put(url('/sitemap.xml'), sitemap('/a', '/guide/a').replace('</urlset>', `${foreign}</urlset>`));
    await run('/guide/');
    expect(read()).toEqual(['/guide/a']);
    expect(test.web.requests.map(({ host }) => host)).not.toContain('other.example');
  });

  it('of a million pages is read up to its bound, and it is said', async () => {
    const many = `<urlset>${'<url><loc>http://docs.example/none</loc></url>'.repeat(20)}${Array.from({ length: 300_000 }, (_, n) => `<url><loc>${url(`/${n}`)}</loc></url>`).join('')}</urlset>`;
    test.web.put(url('/sitemap.xml'), many);
    const { error } = await run('/', 10);
    expect(error).toBeUndefined();
    expect(test.web.pages().length).toBeLessThanOrEqual(11);
    expect(test.failures().join()).toContain('more than 10 pages');
  });

  it('keeps everything while its sitemap cannot be read, and says why', async () => {
    test.web.put(url('/sitemap.xml'), sitemap('/a', '/b'));
    await run();
    for (const broken of [undefined, { status: 500 }]) {
      test.web.put(url('/sitemap.xml'), broken);
      expect((await run()).error).toMatch(/sitemap .* cannot be read/);
    }
    expect(read()).toEqual(['/a', '/b']);
  });

  it('names a broken page, and goes on', async () => {
    test.web.put(url('/b'), { status: 403 });
    test.web.put(url('/sitemap.xml'), sitemap('/a', '/b', '/none'));
    await run();
    expect(read()).toEqual(['/a']);
    expect(test.failures()).toHaveLength(2);
  });

  it('is not emptied at once by a sitemap that shrinks', async () => {
    const paths = Array.from({ length: 60 }, (_, n) => `/p${n}`);
    for (const path of paths) test.web.put(url(path), page(`Page ${path}`));
    test.web.put(url('/sitemap.xml'), sitemap(...paths));
    await run();
    test.web.put(url('/sitemap.xml'), sitemap('/p1'));
    await run();
    expect(read()).toHaveLength(60);
    await run();
    expect(read()).toEqual(['/p1']);
  });
});

describe('sitemaps', () => {
  it('are read as they come in the wild', () => {
    const text = `\ufeff<?xml version="1.0"?><s:urlset><s:url>\n<s:loc> https://a.example/?a=1&amp;b=2 </s:loc></s:url><url><loc><![CDATA[https://a.example/c&d]]></loc></url><url><loc>no address</loc></url><url></urlset>`;
    expect(parseSitemap(text, 10).entries.map((entry) => entry.url)).toEqual([
      'https://a.example/?a=1&b=2',
      'https://a.example/c&d',
    ]);
    expect(parseSitemap('https://a.example/1\nhttps://a.example/2\nhi', 10).entries).toHaveLength(2);
  });

  it('expand nothing, and never throw', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>`;
    expect(parseSitemap(bomb, 10).entries[0]?.url).toBe('https://a.example/&b;');
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<url>',
            '<loc>',
            '<urlset>',
            '<![CDATA[',
            'https://a.example/',
            '&#99999999;',
            '<',
            '>',
            '</loc>',
          ),
        ),
        (parts) => {
          expect(parseSitemap(`<urlset>${parts.join('')}`, 5).entries.length).toBeLessThanOrEqual(5);
        },
      ),
    );
  });
});
