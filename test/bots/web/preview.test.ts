import { expect, it } from 'vitest';
import { ask, describeVisit, PHONE } from './inBrowser.ts';

describeVisit('a look at a citation', {}, (visit) => {
  const card = () => visit.page.locator('#preview');
  const cite = (n: number) => visit.page.locator('button.cite').nth(n - 1);
  const held = () => visit.page.evaluate<string>('document.activeElement.ariaLabel');

  it('shows the passage while the number is pointed at, with the quoted words marked', async () => {
    await ask(visit.page, 'Why?');
    await cite(1).hover();
    await card().locator('mark').first().waitFor();
    expect(await card().textContent()).toContain('Mara Lind: It is the packet size.');
    expect(await card().locator('.name').textContent()).toBe('#ops · VPN on Linux');
    expect(await card().locator('.passage').count()).toBe(1);
    expect(await cite(1).getAttribute('aria-describedby')).toBe('preview');
    const [at, shown] = [await cite(1).boundingBox(), await card().boundingBox()];
    expect(shown?.y).toBeGreaterThanOrEqual(0);
    expect((shown?.y ?? 0) > (at?.y ?? 0) || (shown?.y ?? 0) + (shown?.height ?? 0) <= (at?.y ?? 0)).toBe(true);
  });

  it('stays while it is pointed at itself, and goes with the pointer', async () => {
    await ask(visit.page, 'Why?');
    await cite(1).hover();
    await card().locator('mark').first().waitFor();
    await card().hover();
    await visit.page.waitForFunction(`document.querySelector('#preview').matches(':hover')`);
    expect(await card().isVisible()).toBe(true);
    await visit.page.mouse.move(5, 300);
    await card().waitFor({ state: 'hidden' });
    expect(await cite(1).getAttribute('aria-describedby')).toBeNull();
  });

  it('shows it for the keyboard too; Escape takes it away and leaves the rest', async () => {
    const { page } = visit;
    await ask(page, 'Why?');
    await cite(1).focus();
    await page.keyboard.press('Tab');
    await card().getByText('wireguard').waitFor();
    await page.keyboard.press('Shift+Tab');
    await card().getByText('packet size').waitFor();
    await page.keyboard.press('Escape');
    expect(await card().isVisible()).toBe(false);
    expect(await held()).toMatch(/^Source 1/);
    await page.keyboard.press('Enter');
    await page.locator('#panel mark').first().waitFor();
    expect(await card().isVisible()).toBe(false);
    // Given back by the panel, the number does not show again what was just closed.
    await page.keyboard.press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await held()).toMatch(/^Source 1/);
    expect(await card().isVisible()).toBe(false);
  });

  it('shows it when the page is still being scrolled while the pointer comes to the number; scrolling on takes it away', async () => {
    for (const question of ['Why?', 'And then?', 'And then?', 'And then?']) await ask(visit.page, question);
    expect((await cite(1).boundingBox())?.y).toBeLessThan(0);
    await cite(1).hover();
    await card().getByText('packet size').waitFor();
    await visit.page.mouse.wheel(0, 300);
    await card().waitFor({ state: 'hidden' });
  });

  it('scrolls to the words in a long passage, and keeps its name in sight', async () => {
    await ask(visit.page, 'Why?');
    await cite(3).hover();
    const mark = card().locator('mark').first();
    await mark.waitFor();
    const [shown, words] = [await card().boundingBox(), await mark.boundingBox()];
    expect((words?.y ?? 0) + (words?.height ?? 0)).toBeLessThanOrEqual((shown?.y ?? 0) + (shown?.height ?? 0));
    expect(await card().locator('.name').isVisible()).toBe(true);
    expect((await card().locator('.name').boundingBox())?.y).toBeCloseTo((shown?.y ?? 0) + 1, 0);
  });
});

describeVisit('a passage that may not be read any more', {}, (visit) => {
  it('is not shown, and it is said why', async () => {
    const { page, chat, problems } = visit;
    await ask(page, 'Why?');
    await chat.harbour.close();
    await page.locator('button.cite').first().hover();
    await page.locator('#preview').getByText('This passage cannot be read any more').waitFor();
    expect(await page.locator('#preview').textContent()).not.toContain('packet');
    // The browser itself notes that the server refused.
    expect(problems.splice(0)).toEqual([expect.stringContaining('404')]);
  });
});

describeVisit('a finger on a citation', PHONE, (visit) => {
  it('opens the document at once, without a card before it', async () => {
    const { page } = visit;
    await ask(page, 'Why?');
    await page.locator('button.cite').first().tap();
    await page.locator('#panel mark').first().waitFor();
    expect(await page.locator('#preview').isVisible()).toBe(false);
    // From edge to edge, from the bottom up.
    expect(await page.locator('#panel').boundingBox()).toMatchObject({ x: 0, width: 390 });
  });
});
