import { describe, expect, it } from 'vitest';
import { BackscrollError } from '../../../src/base/BackscrollError.ts';
import { createPoliteFetch } from '../../../src/sync/web/createPoliteFetch.ts';
import type { Fetch, Fetched } from '../../../src/sync/web/Fetch.ts';
import { parseRobots } from '../../../src/sync/web/parseRobots.ts';
import { createJumpingTiming } from './handTiming.ts';

const signal = new AbortController().signal;
const ok = (body = ''): Fetched => ({
  ...{ status: 'ok', bytes: new TextEncoder().encode(body), contentType: 'text/html', movedForGood: false, url: '' },
});

/** A web that is a function; says when it was asked for what. */
function openPolite(answer: (url: string) => Fetched | Error, politeness = { atOnce: 4, pauseMs: 1_000 }) {
  const timing = createJumpingTiming();
  const asked: { url: string; atMs: number }[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const startMs = timing.now();
  const raw: Fetch = async ({ url, permit }) => {
    await permit?.(url);
    asked.push({ url, atMs: timing.now() - startMs });
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce--;
    const said = answer(url);
    if (said instanceof Error) throw said;
    return said;
  };
  const { fetch } = createPoliteFetch(raw, politeness, timing);
  return {
    ...{ timing, asked },
    get: (url: string) => fetch({ url, signal }),
    pages: () => asked.filter(({ url }) => !url.endsWith('/robots.txt')),
    mostAtOnce: () => mostAtOnce,
  };
}

const robots = (text: string) => (url: string) => (url.endsWith('/robots.txt') ? ok(text) : ok());

describe('manners', () => {
  it('asks a host one thing at a time, with a pause between', async () => {
    const web = openPolite(() => ok());
    await Promise.all([1, 2, 3].map((n) => web.get(`http://a.example/${n}`)));
    const [first, second, third] = web.pages().map(({ atMs }) => atMs);
    expect((second as number) - (first as number)).toBeGreaterThanOrEqual(1_000);
    expect((third as number) - (second as number)).toBeGreaterThanOrEqual(1_000);
  });

  it('asks no more hosts at the same time than it may', async () => {
    const web = openPolite(() => ok(), { atOnce: 3, pauseMs: 0 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => web.get(`http://h${n}.example/`)));
    expect(web.pages()).toHaveLength(20);
    // The rules of a site are asked for beside it.
    expect(web.mostAtOnce()).toBeLessThanOrEqual(6);
  });

  it('keeps to robots.txt, asking for it once', async () => {
    const web = openPolite(robots('User-agent: *\nDisallow: /private\nCrawl-delay: 5'));
    await expect(web.get('http://a.example/private/x')).rejects.toMatchObject({ code: 'refused' });
    expect((await web.get('http://a.example/open')).status).toBe('ok');
    await web.get('http://a.example/open/2');
    expect(web.asked.filter(({ url }) => url.endsWith('/robots.txt'))).toHaveLength(1);
    expect(web.timing.waits).toContain(5_000);
  });

  it('takes a site without robots.txt for open, and one that cannot tell it for closed', async () => {
    const none = openPolite((url) => (url.endsWith('/robots.txt') ? { status: 'gone', code: 404 } : ok()));
    expect((await none.get('http://a.example/')).status).toBe('ok');
    const broken = openPolite((url) => (url.endsWith('/robots.txt') ? { status: 'later', code: 500 } : ok()));
    await expect(broken.get('http://a.example/')).rejects.toMatchObject({ code: 'unavailable' });
    expect(broken.pages()).toEqual([]);
  });

  it('waits as long as a server asks, for the whole host', async () => {
    let times = 0;
    const web = openPolite((url) =>
      url.endsWith('/robots.txt') || times++ > 0 ? ok() : { status: 'later', code: 429, retryAfterMs: 30_000 },
    );
    expect((await web.get('http://a.example/1')).status).toBe('later');
    expect((await web.get('http://a.example/2')).status).toBe('ok');
    const [first, second] = web.pages().map(({ atMs }) => atMs);
    expect((second as number) - (first as number)).toBeGreaterThanOrEqual(30_000);
  });

  it('does not wait an hour, but says so without asking', async () => {
    const web = openPolite((url) =>
      url.endsWith('/robots.txt') ? ok() : { status: 'later', code: 503, retryAfterMs: 3_600_000 },
    );
    await web.get('http://a.example/1');
    expect(await web.get('http://a.example/2')).toMatchObject({ status: 'later', retryAfterMs: expect.any(Number) });
    expect(web.pages()).toHaveLength(1);
  });

  it('leaves a host alone that has not answered three times; the others go on', async () => {
    const web = openPolite((url) =>
      url.includes('dead.example') && !url.endsWith('/robots.txt') ? new BackscrollError('unavailable', 'No.') : ok(),
    );
    for (let n = 0; n < 10; n++) await expect(web.get(`http://dead.example/${n}`)).rejects.toThrow();
    expect(web.pages()).toHaveLength(3);
    expect((await web.get('http://a.example/')).status).toBe('ok');
  });
});

describe('robots.txt', () => {
  const url = 'https://a.example/robots.txt';

  it('has rules for us, or for all', () => {
    const rules = parseRobots(
      url,
      'User-agent: backscroll\nDisallow: /a\n\nUser-agent: *\nDisallow: /\nSitemap: https://a.example/s.xml',
    );
    expect(rules.allows('https://a.example/b')).toBe(true);
    expect(rules.allows('https://a.example/a')).toBe(false);
    expect(rules.sitemaps).toEqual(['https://a.example/s.xml']);
    expect(parseRobots(url, 'User-agent: other\nDisallow: /').allows('https://a.example/')).toBe(true);
    expect(parseRobots(url, '<html>not one</html>').allows('https://a.example/')).toBe(true);
  });

  it('does not keep us busy, whatever is in it', () => {
    const names = `${'User-agent: x\n'.repeat(20_000)}${'Disallow: /y\n'.repeat(20_000)}`;
    const wild = `User-agent: *\n${`Disallow: ${'*a'.repeat(400)}\n`.repeat(600)}`;
    const path = `https://a.example/${'a'.repeat(1_900)}b`;
    expect(parseRobots(url, names).allows(path)).toBe(true);
    expect(parseRobots(url, wild).allows(path)).toBeTypeOf('boolean');
  });
});
