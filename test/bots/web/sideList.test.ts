import { expect, it } from 'vitest';
import { ask, describeVisit, PHONE } from './inBrowser.ts';

const LONG = 'Why does a question that is much longer than the list is wide not hang out of it at the side?';

describeVisit('the list of conversations', {}, (visit) => {
  const links = () => visit.page.locator('#threads a');
  const newOne = () => visit.page.getByRole('button', { name: 'New conversation' }).first().click();
  const box = () => visit.page.getByRole('searchbox', { name: 'Search the conversations' });
  const asked = async (...questions: string[]) => {
    for (const [i, question] of questions.entries()) {
      if (i > 0) await newOne();
      await ask(visit.page, question);
    }
    await links()
      .nth(questions.length - 1)
      .waitFor();
  };

  it('keeps a long title within its width', async () => {
    await asked(LONG);
    const [side, link] = [await visit.page.locator('#side').boundingBox(), await links().first().boundingBox()];
    expect((link?.x ?? 0) + (link?.width ?? 0)).toBeLessThan((side?.x ?? 0) + (side?.width ?? 0));
    expect(await visit.page.title()).toMatch(/^Why does a question.* · Backscroll$/);
  });

  it('finds by titles at once, by questions and answers from the server, and shows where', async () => {
    visit.chat.scripted.says({ pieces: ['Ask at the **harbour office** for a key.'] });
    await asked('Who has the key?', 'Where is the crane?');
    await box().fill('crane');
    await links().filter({ hasText: 'crane' }).waitFor();
    expect(await links().count()).toBe(1);
    await box().fill('harbour off');
    await visit.page.getByText('2 conversations').waitFor();
    expect(await links().locator('mark').allTextContents()).toEqual(['harbour', 'harbour']);
    await box().fill('crane harbour');
    await visit.page.getByText('One conversation').waitFor();
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { name: 'Where is the crane?' }).waitFor();
    await box().fill('nothing of the kind');
    await visit.page.getByText('Nothing like it was asked or answered.').waitFor();
    await box().press('Escape');
    await links().nth(1).waitFor();
    expect(await box().inputValue()).toBe('');
  });

  it('does not let an older search overtake a newer one', async () => {
    await asked('One?', 'Two?');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = () => {};
    const arrived = new Promise<void>((resolve) => {
      first = resolve;
    });
    await visit.page.route('**/api/threads?q=one', async (route) => {
      first();
      await held;
      await route.continue();
    });
    await box().fill('one');
    await arrived;
    await box().fill('two');
    await visit.page.getByText('One conversation').waitFor();
    const answered = visit.page.waitForResponse('**/api/threads?q=one');
    release();
    await answered;
    expect(await links().allTextContents()).toEqual(['Two?']);
  });

  it('is walked through with the arrows', async () => {
    await asked('One?', 'Two?');
    await box().focus();
    await visit.page.keyboard.press('ArrowDown');
    await visit.page.keyboard.press('ArrowDown');
    expect(await visit.page.evaluate('document.activeElement.textContent')).toBe('One?');
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { name: 'One?' }).waitFor();
  });
});

describeVisit('the list on a phone', PHONE, (visit) => {
  it('is searched behind its button', async () => {
    const { page } = visit;
    await ask(page, 'Who has the key?');
    await page.getByRole('button', { name: 'Conversations' }).tap();
    await page.getByRole('searchbox', { name: 'Search the conversations' }).fill('packets');
    await page.getByText('One conversation').waitFor();
    await page.getByRole('link', { name: 'Who has the key?' }).tap();
    expect(await page.locator('#side').isVisible()).toBe(false);
  });
});
