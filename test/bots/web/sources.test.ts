import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, describeVisit } from './inBrowser.ts';
import { type RunningWebChat, startWebChat } from './startWebChat.ts';

let chat: RunningWebChat;
beforeAll(async () => {
  chat = await startWebChat();
});
afterAll(() => chat.stop());

it('the page of sources lists what everybody may read, with counts and freshness', async () => {
  const browser = await chat.signedIn();
  const { status, text, headers } = await browser.get('/sources');
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  const plain = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(plain).toContain('Harbour Slack');
  expect(plain).toContain('#ops 1 3 2026-03-04 2026-06-01 12:00 UTC');
  expect(plain).toContain('guide folder 2 15 2026-03-04');
  expect(plain).toContain('Spaces 2 Sources 2 Documents 3 Passages 18');
});

it('what a private channel is called, and how much is in it, is told nowhere', async () => {
  const browser = await chat.signedIn();
  for (const path of ['/sources', '/api/about']) {
    const { text } = await browser.get(path);
    expect(text).not.toMatch(/secret|merger|U2/i);
  }
  expect((await browser.get('/api/about')).json.status.passages).toBe(18);
});

it('a channel that was closed is gone from it at once', async () => {
  const closing = await startWebChat();
  const browser = await closing.signedIn();
  await closing.harbour.close();
  const { text } = await browser.get('/sources');
  expect(text).not.toContain('#ops');
  expect((await browser.get('/api/about')).json.status.passages).toBe(15);
  await closing.stop();
});

it('a source that is taken in again is as fresh as that', async () => {
  const again = await startWebChat();
  const browser = await again.signedIn();
  again.pass(86_400_000);
  const everybody = { kind: 'everybody' } as const;
  const source = { spaceId: 'slack:T1', kind: 'channel', key: 'C1', name: '#ops', audience: everybody } as const;
  again.store.sources.touch(await again.store.sources.put(source));
  expect((await browser.get('/sources')).text).toContain('2026-06-02 12:00 UTC');
  await again.stop();
});

it('nobody else sees it, and names are shown as the text that they are', async () => {
  const strange = await startWebChat();
  expect((await strange.stranger().get('/sources')).status).toBe(401);
  await strange.store.sources.put({
    ...{ spaceId: 'slack:T1', kind: 'channel', key: 'C2', name: '"><script>alert(1)</script>' },
    ...{ url: 'javascript:alert(2)', audience: { kind: 'everybody' } },
  });
  const { text } = await (await strange.signedIn()).get('/sources');
  expect(text).toContain('&lt;script&gt;alert(1)');
  expect(text).not.toMatch(/<script>alert|javascript:/);
  await strange.stop();
});

describeVisit('the page of sources in a browser', {}, (visit) => {
  it('is reached from the side, says in words how fresh each is, and leads back', async () => {
    const { page } = visit;
    await page.getByRole('link', { name: 'Sources' }).click();
    await page.getByRole('heading', { name: 'Sources' }).waitFor();
    const fresh = page.locator('tr', { hasText: '#ops' }).locator('.fresh');
    await page.locator('.fresh[data-age]').first().waitFor();
    expect(await fresh.textContent()).toMatch(/ago$|^now$|yesterday|^in /);
    await page.getByRole('link', { name: 'Chat' }).click();
    await ask(page, 'Why?');
  });

  it('can be filtered when there are many', async () => {
    const { page, chat } = visit;
    for (const n of [1, 2, 3, 4, 5]) {
      await chat.store.sources.put({
        ...{ spaceId: 'slack:T1', kind: 'channel', key: `D${n}`, name: `#team-${n}`, audience: { kind: 'everybody' } },
      });
    }
    await page.goto(`${chat.url}/sources`);
    await page.getByRole('searchbox', { name: 'Filter by name' }).fill('TEAM-3');
    expect(await page.locator('tr[data-name]:visible').allTextContents()).toEqual([expect.stringContaining('#team-3')]);
    expect(await page.locator('.space:visible').count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe('1 of 7 sources');
  });
});
