import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from '../bots/web/httpBrowser.ts';
import { chromaOf, createBackscroll, gone, type Started } from './backscroll.ts';

const { home: makeHome, start, run, untilStatus, clean } = createBackscroll();
afterAll(clean);

// biome-ignore lint/suspicious/noExplicitAny: the document of `status --json`
const hasSample = ({ sources, imports }: any) =>
  imports.running === 0 && sources.some(({ kind }: { kind: string }) => kind === 'folder');

describe('the first run, with nothing configured', () => {
  let home: string;
  let started: Started;
  beforeAll(async () => {
    home = await makeHome();
    started = await start({ home });
    await untilStatus({ home }, hasSample);
  });

  it('prints a link and where everything is kept', () => {
    expect(started.stdout()).toContain(`  ${started.link}\n`);
    expect(started.stdout()).toContain(home);
    expect(started.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
  });

  it('keeps the home to its owner alone', async () => {
    const { findings } = (await run(['doctor', '--json'], { home })).json;
    expect(findings).toContainEqual({ check: 'home', ok: true, sentence: `${home} is yours alone.` });
  });

  it('answers on the page that the link opens, and cites what it rests on', async () => {
    const browser = createBrowser(started.url);
    expect((await browser.open(started.link)).status).toBe(303);
    const page = await browser.get('/');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);

    const about = (await browser.get('/api/about')).json;
    expect(about.spaces).toEqual([{ id: 'slack:T0SAMPLE01', name: 'sample' }]);
    expect(about.suggestions.length).toBeGreaterThan(0);

    const { threadId, reply } = await browser.ask(about.suggestions[0]);
    expect(reply.status).toBe(202);
    const stream = await browser.follow(threadId);
    const { answer } = (await stream.until('finished')).at(-1)?.data ?? {};
    stream.end();
    expect(answer.status).toBe('answered');
    const [, n] = /\[(\d+)\]/.exec(answer.text) ?? [];

    const cited = (await browser.get(`/api/answers/${answer.id}/citations/${n}`)).json;
    expect(cited.quote).not.toBe('');
    const vote = await browser.put(`/api/answers/${answer.id}/vote`, { eventId: crypto.randomUUID(), value: 'up' });
    expect(vote.json).toMatchObject({ vote: 'up' });
    expect((await run(['status', '--json'], { home })).json.feedback).toEqual({ up: 1, down: 0, corrections: 0 });
    expect((await run(['trace', answer.id, '--json'], { home })).json).toMatchObject({
      platform: 'web',
      erased: false,
    });
  });

  it('lets the link in once', async () => {
    const reply = await createBrowser(started.url).open(started.link);
    expect(reply.status).toBe(401);
    expect(reply.text).toContain('npx backscroll open');
  });

  it('ends cleanly when it is told to, its Chroma server and its socket with it', async () => {
    const chroma = chromaOf(home) as number;
    expect(chroma).toBeGreaterThan(0);
    expect(await started.stop()).toBe(0);
    await gone(chroma);
    expect(existsSync(join(home, 'backscroll.sock'))).toBe(false);
    expect(started.stderr()).toContain('Stopping');
  });

  it('does not take the sample in again once it was removed', async () => {
    expect((await run(['remove', 'sample', '--json'], { home })).json.removed.name).toBe('sample');
    const again = await start({ home });
    expect((await untilStatus({ home }, ({ imports }) => imports.running === 0)).spaces).toEqual([]);
    expect(await again.stop()).toBe(0);
  });
});

describe('start', () => {
  it('leaves the sample out with --no-sample, and prints exactly one JSON document with --json', async () => {
    const home = await makeHome();
    const started = await start({ home, args: ['--no-sample', '--json'] });
    const { spaces } = await untilStatus({ home }, ({ imports }) => imports.running === 0);
    expect(spaces).toEqual([]);
    expect(await started.stop()).toBe(0);
    expect(JSON.parse(started.stdout())).toEqual({
      url: started.url,
      link: started.link,
      home,
      readyMs: expect.any(Number),
      pid: started.pid,
    });
  });

  it('can be stopped at once, and goes on with the sample at the next start', async () => {
    const home = await makeHome();
    const first = await start({ home });
    expect(await first.stop()).toBe(0);
    const second = await start({ home });
    const { sources } = await untilStatus({ home }, hasSample);
    expect(sources.length).toBeGreaterThan(5);
    expect(await second.stop()).toBe(0);
  });

  it('goes on with a sample that a crash cut off', async () => {
    const home = await makeHome();
    const first = await start({ home });
    const browser = createBrowser(first.url);
    await browser.open(first.link);
    let spaces = [];
    for (let look = 0; look < 5000 && spaces.length === 0; look++)
      spaces = (await browser.get('/api/about')).json.spaces;
    expect(spaces).toHaveLength(1);
    await first.kill9();
    const second = await start({ home });
    await untilStatus({ home }, ({ imports }) => imports.running === 0);
    await untilStatus({ home }, hasSample);
    const next = createBrowser(second.url);
    await next.open(second.link);
    expect((await next.get('/api/about')).json.suggestions.length).toBeGreaterThan(0);
    expect(await second.stop()).toBe(0);
  });
});
