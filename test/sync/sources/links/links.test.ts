import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reader } from '../../../../src/knowledge/Reader.ts';
import { createLinksSource, type LinksDeps } from '../../../../src/sync/sources/links/createLinksSource.ts';
import { createWorthReading } from '../../../../src/sync/sources/links/worthReading.ts';
import { parseAllowHosts } from '../../../../src/sync/web/allowHosts.ts';
import { createWebReader } from '../../../../src/sync/web/createWebReader.ts';
import { bomb, endless, redirectTo } from '../../../fakes/web/hostilePages.ts';
import { reading } from '../../import/pageReading.ts';
import { openTestSources, type TestSources } from '../openTestSources.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const settings = {
  ...{ cron: '* * * * *', refreshMs: DAY_MS, staleAfterMs: DAY_MS, perMessage: 20, atOnce: 4 },
  ...{ depth: 0, depthHosts: [] as string[] },
};

let test: TestSources;
let ops: number;
beforeEach(async () => {
  test = await openTestSources();
  ops = await test.channel('C1');
});
afterEach(() => test.close());

function run(more: Partial<typeof settings> = {}) {
  const deps: LinksDeps = {
    ...{ links: test.store.messageLinks, pages: test.store.linkedPages },
    readers: [createWebReader({ fetch: test.polite.fetch, reading })],
    worthReading: createWorthReading(['chat.test'], parseAllowHosts(test.web.allow('docs.example', 'other.example'))),
    settings: { ...settings, ...more },
  };
  return test.run(createLinksSource(test.spaceId, 'Team', deps));
}

const page = (title: string, text: string, links = '') =>
  `<!doctype html><title>${title}</title><main><h1>${title}</h1><p>${text}</p>${links}</main>`;
const url = (path: string, host = 'docs.example') => test.web.at(host, path);
const texts = () => test.pages().map(({ text }) => text);
const everybody: Reader = { kind: 'everybody', spaces: ['slack:T1'] };
const person = (personId: string): Reader => ({ kind: 'person', space: 'slack:T1', personId });

describe('a page that somebody links to', () => {
  it('is read, and cited by its own address', async () => {
    test.web.put(url('/deploy'), page('Deploying', 'We deploy on Tuesdays with the blue script.'));
    await test.say(ops, '1', `see [the guide](${url('/deploy')}#steps), or <${url('/deploy')}?utm_source=chat>`);
    const { pages } = await run();
    expect(pages).toMatchObject({ added: 1 });
    expect(await test.found('when do we deploy?', everybody)).toEqual([
      expect.stringContaining(`linked in #c1: ${url('/deploy')}`),
    ]);
    expect(test.web.pages()).toEqual(['/deploy']);
  });

  it('costs one conditional request a day while it does not change, and no write', async () => {
    test.web.put(url('/a'), { body: page('A', 'Alpha words.'), etag: '"1"' });
    test.web.put(url('/b'), page('B', 'Beta words, from a server that knows no validators.'));
    await test.say(ops, '1', `${url('/a')} ${url('/b')}`);
    await run();
    const before = test.index();
    await run();
    expect(test.web.pages()).toHaveLength(2);
    test.pass(DAY_MS);
    expect(await run()).toMatchObject({ pages: { added: 0, changed: 0, unchanged: 2 }, failures: 0 });
    expect(test.web.requests.filter(({ status }) => status === 304).map(({ path }) => path)).toEqual(['/a']);
    expect(test.index()).toEqual(before);
  });

  it('shows its changes at the next look', async () => {
    test.web.put(url('/a'), { body: page('A', 'The door code is blue.'), etag: '"1"' });
    await test.say(ops, '1', url('/a'));
    await run();
    test.web.put(url('/a'), { body: page('A', 'The door code is green.'), etag: '"2"' });
    test.pass(DAY_MS);
    await run();
    expect(texts().join()).toContain('green');
    expect(texts().join()).not.toContain('blue');
  });

  it('is gone after it was not there twice, and comes back when it does', async () => {
    test.web.put(url('/a'), page('A', 'Alpha words.'));
    await test.say(ops, '1', url('/a'));
    await run();
    test.web.put(url('/a'), undefined);
    test.pass(DAY_MS);
    await run();
    expect(texts()).toHaveLength(1);
    test.pass(HOUR_MS);
    await run();
    expect(texts()).toEqual([]);
    expect(test.index().vectors).toMatchObject({ isExact: true });
    expect(test.failures()).toEqual([expect.stringContaining('not there any more (404)')]);
    test.web.put(url('/a'), page('A', 'Alpha again.'));
    test.pass(7 * DAY_MS);
    await run();
    expect(texts().join()).toContain('Alpha again');
    expect(test.failures()).toEqual([]);
  });

  it('that is there again before it was missed twice never left', async () => {
    test.web.put(url('/a'), { body: page('A', 'Alpha words.'), etag: '"1"' });
    await test.say(ops, '1', url('/a'));
    await run();
    for (let times = 0; times < 3; times++) {
      test.web.put(url('/a'), { status: 404 });
      test.pass(DAY_MS);
      await run();
      test.web.put(url('/a'), { body: page('A', 'Alpha words.'), etag: '"1"' });
      test.pass(HOUR_MS);
      await run();
    }
    expect(texts()).toHaveLength(1);
  });

  it('is taken away when it is only for those who sign in now', async () => {
    test.web.put(url('/a'), page('A', 'Alpha words.'));
    await test.say(ops, '1', url('/a'));
    await run();
    test.web.put(url('/a'), redirectTo('/login?next=/a'));
    test.web.put(url('/login?next=/a'), page('Sign in', 'Password please.'));
    for (const ms of [DAY_MS, HOUR_MS]) {
      test.pass(ms);
      await run();
    }
    expect(texts()).toEqual([]);
    expect(test.failures()).toEqual([expect.stringContaining('sign in')]);
  });

  it('is asked for less and less often while its server is ill, and stays meanwhile, for a month', async () => {
    test.web.put(url('/a'), page('A', 'Alpha words.'));
    await test.say(ops, '1', url('/a'));
    await run();
    test.web.put(url('/a'), { status: 500 });
    test.pass(DAY_MS);
    for (let hours = 0; hours < 24; hours++) {
      await run();
      test.pass(HOUR_MS);
    }
    expect(texts()).toHaveLength(1);
    expect(test.web.pages().length).toBeLessThan(10);
    for (let weeks = 0; weeks < 6; weeks++) {
      await run();
      test.pass(7 * DAY_MS);
    }
    expect(texts()).toEqual([]);
  });

  it('is gone when no message links to it any more, and not before', async () => {
    test.web.put(url('/a'), page('A', 'Alpha words.'));
    await test.say(ops, '1', `look: ${url('/a')}`);
    await test.say(ops, '2', `again: ${url('/a')}`);
    await run();
    await test.say(ops, '1', 'never mind');
    await run();
    expect(texts()).toHaveLength(1);
    await test.say(ops, '2', '');
    await run();
    expect(texts()).toEqual([]);
    expect(test.store.messageLinks.count(test.spaceId)).toBe(0);
  });

  it('is read in the letters that its server names, where the page does not', async () => {
    const body = Buffer.from('<title>Größe</title><p>Die Größe der Tür.</p>', 'latin1');
    test.web.put(url('/a'), { body, headers: { 'content-type': 'text/html; charset=iso-8859-1' } });
    await test.say(ops, '1', url('/a'));
    await run();
    expect(texts().join()).toContain('Die Größe der Tür');
  });

  it('that redirects for good is cited where it moved to', async () => {
    test.web.put(url('/old'), redirectTo(url('/new', 'other.example'), 301));
    test.web.put(url('/new', 'other.example'), page('New', 'Moved words.'));
    await test.say(ops, '1', url('/old'));
    await run();
    expect(test.pages()[0]).toMatchObject({ document: url('/old') });
    expect(test.pages()[0]?.url).toContain(url('/new', 'other.example'));
  });

  it('may name its own address, but not one elsewhere', async () => {
    const canonical = (href: string) => `<link rel="canonical" href="${href}">`;
    test.web.put(url('/a?id=1'), canonical(url('/a')) + page('A', 'Alpha words.'));
    test.web.put(url('/b'), canonical('https://bank.example/login') + page('B', 'Beta words.'));
    await test.say(ops, '1', `${url('/a?id=1')} ${url('/b')}`);
    await run();
    expect(
      test
        .pages()
        .map((row) => row.url.split('#')[0])
        .sort(),
    ).toEqual([url('/a'), url('/b')]);
  });
});

describe('who may read a linked page', () => {
  it('is whoever may read a channel that links to it, and nobody learns of another channel', async () => {
    const board = await test.channel('C2', { kind: 'members', personIds: ['ANNA', 'BEN'] });
    const guests = await test.channel('C3', { kind: 'members', personIds: ['ANNA', 'GUEST'] });
    test.web.put(url('/secret'), page('Plan', 'The merger plan is confidential.'));
    test.web.put(url('/both'), page('Both', 'The shared merger page.'));
    await test.say(board, '1', `${url('/secret')} and ${url('/both')}`);
    await test.say(ops, '2', url('/both'));
    await test.say(guests, '3', url('/both'));
    await run();
    // One request a page, however many may read it.
    expect(test.web.pages().sort()).toEqual(['/both', '/secret']);
    const readable = async (reader: Reader) =>
      (await test.found('merger page plan', reader)).map((row) => row.split('#merger')[0]);
    for (const reader of [everybody, person('CARO')]) {
      const rows = await readable(reader);
      expect(rows.join()).toContain('/both');
      expect(rows.join()).not.toMatch(/secret|#c2|#c3/);
    }
    expect((await readable(person('BEN'))).join()).toContain('/secret');
    expect((await readable(person('GUEST'))).join()).toMatch(/linked in #c3: .*\/both/);
    expect((await readable(person('GUEST'))).join()).not.toMatch(/secret|#c1|#c2/);
    expect((await readable({ kind: 'place', space: 'slack:T1', channelId: 'C1' })).join()).not.toMatch(/secret/);
  });

  it('changes with the channel, from that moment; others who link to it get it back', async () => {
    const second = await test.channel('C2');
    test.web.put(url('/a'), { body: page('A', 'The alpha page.'), etag: '"1"' });
    await test.say(ops, '1', url('/a'));
    await test.say(second, '2', url('/a'));
    await run();
    expect(await test.found('alpha page', everybody)).toHaveLength(1);
    await test.channel('C1', { kind: 'members', personIds: ['ANNA'] });
    // At once, before any sync.
    expect(await test.found('alpha page', everybody)).toEqual([]);
    expect(await test.found('alpha page', person('ANNA'))).toHaveLength(1);
    await run();
    expect((await test.found('alpha page', everybody)).join()).toContain('#c2');
    await test.channel('C1');
    await run();
    expect(test.pages()).toHaveLength(1);
    expect(await test.found('alpha page', everybody)).toHaveLength(1);
  });

  it('is nobody once the channel is removed; others keep theirs', async () => {
    const board = await test.channel('C2', { kind: 'members', personIds: ['ANNA'] });
    test.web.put(url('/a'), page('A', 'The alpha page.'));
    test.web.put(url('/b'), page('B', 'The beta page.'));
    await test.say(board, '1', `${url('/a')} ${url('/b')}`);
    await test.say(ops, '2', url('/b'));
    await run();
    await test.store.removal.source(board);
    await run();
    expect(test.pages().map(({ document }) => document)).toEqual([url('/b')]);
    expect(await test.found('alpha page', person('ANNA'))).not.toContain(url('/a'));
    expect(test.store.messageLinks.count(test.spaceId)).toBe(1);
  });
});

describe('links in documents', () => {
  const link = (path: string, host?: string) => `<a href="${url(path, host)}">${path}</a>`;
  beforeEach(() => {
    test.web.put(url('/1'), page('One', 'First words.', link('/2') + link('/x', 'other.example')));
    test.web.put(url('/2'), page('Two', 'Second words.', link('/3') + link('/1')));
    test.web.put(url('/3'), page('Three', 'Third words.'));
    test.web.put(url('/x', 'other.example'), page('X', 'Elsewhere.'));
  });
  const read = () =>
    test
      .pages()
      .map(({ document }) => new URL(document).pathname)
      .sort();

  it('are not followed unless the operator says so', async () => {
    await test.say(ops, '1', url('/1'));
    await run();
    expect(read()).toEqual(['/1']);
  });

  it('are followed so far, on the hosts that are named', async () => {
    await test.say(ops, '1', url('/1'));
    await run({ depth: 1, depthHosts: ['docs.example'] });
    expect(read()).toEqual(['/1', '/2']);
    test.pass(DAY_MS);
    test.web.put(url('/1'), page('One', 'First words, once more.', link('/2')));
    await run({ depth: 2, depthHosts: ['docs.example'] });
    test.pass(DAY_MS);
    test.web.put(url('/2'), page('Two', 'Second words, once more.', link('/3')));
    await run({ depth: 2, depthHosts: ['docs.example'] });
    expect(read()).toEqual(['/1', '/2', '/3']);
  });

  it('have the readers of the message at the beginning, and go with it', async () => {
    const board = await test.channel('C2', { kind: 'members', personIds: ['ANNA'] });
    await test.say(board, '1', url('/1'));
    const deep = { depth: 2, depthHosts: ['docs.example'] };
    await run(deep);
    expect(read()).toEqual(['/1', '/2', '/3']);
    expect(await test.found('second third words', everybody)).toEqual([]);
    expect((await test.found('second third words', person('ANNA'))).length).toBeGreaterThan(0);
    await test.say(board, '1', '');
    await run(deep);
    expect(read()).toEqual([]);
    expect(test.store.messageLinks.count(test.spaceId)).toBe(0);
  });
});

describe('bad pages are bounded and named, and the others go on', () => {
  it('whatever is wrong with each', async () => {
    test.web.put(url('/endless'), endless);
    test.web.put(url('/bomb'), bomb('gzip', 50_000_000));
    test.web.put(url('/circle'), redirectTo('/circle2'));
    test.web.put(url('/circle2'), redirectTo('/circle'));
    test.web.put(url('/image'), {
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    });
    test.web.put(url('/json'), { headers: { 'content-type': 'application/json' }, body: '{}' });
    test.web.put(url('/cut'), (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<p>beg', () => response.socket?.destroy());
    });
    test.web.put(url('/good'), page('Good', 'Good words.'));
    const inward = ['http://169.254.169.254/latest/', 'http://10.0.0.1:22/', 'http://2130706433/'];
    const paths = ['/endless', '/bomb', '/circle', '/image', '/json', '/cut', '/good'];
    await test.say(ops, '1', [...paths.map((path) => url(path)), ...inward].join(' '));
    const outcome = await run();
    expect(outcome.error).toBeUndefined();
    expect(outcome.failures).toBe(9);
    expect(texts().join()).toContain('Good words');
    expect(test.failures()).toHaveLength(9);
    for (const sentence of test.failures()) expect(sentence).toMatch(/^http\S+: [A-Z].*\.$/);
  });

  it('a message with 500 links: the first are read, and it is said', async () => {
    const many = Array.from({ length: 500 }, (_, n) => url(`/${n}`));
    test.web.put(url('/3'), page('Three', 'Third words.'));
    await test.say(ops, '1', many.join('\n'));
    await run();
    expect(test.web.pages()).toHaveLength(20);
    expect(test.failures().join()).toContain('links to 500 pages; the first 20');
    await test.say(ops, '1', '');
    await run();
    expect(test.failures()).toEqual([]);
  });

  it('pages of the chat itself, pictures and what stands in code are not asked for', async () => {
    await test.say(
      ops,
      '1',
      `http://chat.test/archives/1 http://a.chat.test/2 https://nowhere.example/ ${url('/x.png')} \`${url('/code')}\`\n\`\`\`\ncurl ${url('/curl')}\n\`\`\`\n mailto:a@b.example`,
    );
    await run();
    expect(test.web.requests).toEqual([]);
    expect(test.failures()).toEqual([]);
  });

  it('a clock that jumps back and ahead does no harm', async () => {
    test.web.put(url('/a'), { body: page('A', 'Alpha words.'), etag: '"1"' });
    await test.say(ops, '1', url('/a'));
    await run();
    test.pass(-400 * DAY_MS);
    await run();
    test.pass(4_000 * DAY_MS);
    await run();
    expect(texts()).toHaveLength(1);
    expect(test.web.pages().length).toBeLessThanOrEqual(3);
  });
});
