import { expect, it } from 'vitest';
import { ask, describeVisit } from './inBrowser.ts';

describeVisit('a document at its place', {}, (visit) => {
  const panel = () => visit.page.locator('#panel');
  const chapters = async () => {
    const texts = await panel().locator('.passage').allTextContents();
    return texts.map((text) => Number(/^Chapter (\d+)/.exec(text)?.[1]));
  };
  const opened = async () => {
    await ask(visit.page, 'Why?');
    await visit.page.getByRole('button', { name: 'Source 3: Manual' }).first().click();
    await panel().locator('mark').first().waitFor();
  };
  const topOf = async (selector: string) => (await panel().locator(selector).first().boundingBox())?.y ?? Number.NaN;

  it('shows what stands around the passage, and more of it when asked, to both ends', async () => {
    await opened();
    expect(await chapters()).toEqual([6, 7, 8]);
    const later = panel().getByRole('button', { name: 'Later' });
    await later.click();
    await panel().getByText('Chapter 13.').waitFor();
    expect(await chapters()).toEqual([6, 7, 8, 9, 10, 11, 12, 13]);
    expect(await later.isVisible()).toBe(false);
    expect(await panel().getByRole('button', { name: 'Earlier' }).isVisible()).toBe(true);
  });

  it('leaves what is read where it is while something is put before it', async () => {
    await opened();
    const earlier = panel().getByRole('button', { name: 'Earlier' });
    await earlier.focus();
    const before = await topOf('mark');
    await visit.page.keyboard.press('Enter');
    await panel().getByText('Chapter 1.').waitFor({ state: 'attached' });
    expect(await chapters()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await topOf('mark')).toBeCloseTo(before, 0);
    await visit.page.keyboard.press('Enter');
    await panel().getByText('Chapter 0.').waitFor({ state: 'attached' });
    expect(await earlier.isVisible()).toBe(false);
    // The button is gone; the keyboard stands on what it brought.
    expect(await visit.page.evaluate('document.activeElement.textContent')).toMatch(/^Chapter 0/);
  });

  it('keeps what was opened when more cannot be had, and says why', async () => {
    await opened();
    await visit.page.route('**/citations/**', (route) => route.abort());
    await panel().getByRole('button', { name: 'Later' }).click();
    await panel().getByText('Backscroll cannot be reached').waitFor();
    expect(await chapters()).toEqual([6, 7, 8]);
    expect(visit.problems.splice(0)).toHaveLength(1);
  });

  it('scrolls within the panel and never the page, opened by a press or by a key', async () => {
    const { page } = visit;
    await opened();
    const scrolled = () =>
      page.evaluate<number[]>(`[...document.querySelectorAll('html, body, .app')].map((one) => one.scrollTop)`);
    expect(await scrolled()).toEqual([0, 0, 0]);
    expect(await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight')).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await panel().locator('mark').first().waitFor();
    expect(await scrolled()).toEqual([0, 0, 0]);
    const mark = await panel().locator('mark').first().boundingBox();
    expect(mark?.y).toBeGreaterThan(0);
    expect(mark?.y).toBeLessThan(800);
  });
});
