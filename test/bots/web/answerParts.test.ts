import { expect, it } from 'vitest';
import { ask, describeVisit, type Visit } from './inBrowser.ts';

const PARTS =
  'Run this [1]:\n\n```sh\nls -l\n  cd x\n```\n\n| Where | Size |\n| --- | --- |\n| Home *sweet* | 1380 |\n\n_Words only were searched._';

describeVisit('what an answer is made of', { permissions: ['clipboard-read', 'clipboard-write'] }, (visit) => {
  const clipboard = () => visit.page.evaluate<string>('navigator.clipboard.readText()');
  const shown = async () => {
    visit.chat.scripted.says({ pieces: [PARTS], citations: [visit.chat.harbour.vpn] });
    await ask(visit.page, 'How?');
  };

  it('code is copied with one button, as it is', async () => {
    await shown();
    await visit.page.getByRole('button', { name: 'Copy code' }).click();
    await visit.page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await clipboard()).toBe('ls -l\n  cd x');
    expect(await visit.page.locator('#said').textContent()).toBe('Copied');
  });

  it('a table is copied as cells that a spreadsheet takes, and as a table', async () => {
    await shown();
    await visit.page.getByRole('button', { name: 'Copy table' }).click();
    await visit.page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await clipboard()).toBe('Where\tSize\nHome sweet\t1380');
    const html = await visit.page.evaluate<string>(
      `navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())`,
    );
    expect(html.replace(/<meta[^>]*>/, '')).toContain('<tr><td>Home sweet</td><td>1380</td></tr>');
  });

  it('is copied the old way where the browser has no clipboard for the page', async () => {
    await visit.page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await visit.page.reload();
    await shown();
    await visit.page.getByRole('button', { name: 'Copy code' }).click();
    await visit.page.getByRole('button', { name: 'Copied' }).waitFor();
  });

  it('notes on how it came about are set off at its end', async () => {
    await shown();
    expect(await visit.page.locator('.text .note').allTextContents()).toEqual(['Words only were searched.']);
  });

  it('what is wrong with it is asked after a thumb down, kept, changed and taken back', async () => {
    const { page, chat } = visit;
    await ask(page, 'Why?');
    const reasons = page.getByRole('group', { name: 'What is wrong with it?' });
    expect(await reasons.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await reasons.getByRole('button', { name: 'Out of date' }).click();
    const pressed = (name: string) => reasons.getByRole('button', { name, exact: true, pressed: true });
    await pressed('Out of date').waitFor();
    await page.reload();
    await pressed('Out of date').waitFor();
    await reasons.getByRole('button', { name: 'Wrong sources' }).click();
    await pressed('Wrong sources').waitFor();
    expect(await pressed('Out of date').count()).toBe(0);
    expect((await chat.store.feedbackEvents.counts()).down).toBe(1);
    await pressed('Wrong sources').click();
    await pressed('Wrong sources').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Good answer' }).click();
    await reasons.waitFor({ state: 'hidden' });
    expect(await chat.store.feedbackEvents.counts()).toMatchObject({ up: 1, down: 0 });
  });
});

/** An answer that rests on what somebody said, and how the page shows it once that is gone. */
function rested(visit: Visit) {
  return {
    async given() {
      const { page, chat } = visit;
      const traced = { documentId: 1, version: 1, score: 0.9, passageId: chat.harbour.vpn.passageId };
      chat.scripted.says({ pieces: ['Secret [1].'], citations: [chat.harbour.vpn], trace: { passages: [traced] } });
      await ask(page, 'Why is it slow?');
    },
    async isGone() {
      await visit.page.reload();
      await visit.page.getByText('The words of this answer were taken away').waitFor();
      expect(await visit.page.locator('main').textContent()).not.toContain('Secret');
      expect(await visit.page.getByRole('button', { name: 'Good answer' }).count()).toBe(0);
    },
  };
}

describeVisit('an answer that lost its words with a message', {}, (visit) => {
  it('says so kindly, and the question can be asked again', async () => {
    const answer = rested(visit);
    await answer.given();
    await visit.chat.harbour.deleteMessage();
    await answer.isGone();
    visit.chat.scripted.says({ pieces: ['I do not know.'] });
    await visit.page.getByRole('button', { name: 'Ask again' }).click();
    await visit.page.getByText('I do not know.').waitFor();
    expect(await visit.page.locator('article h2').allTextContents()).toEqual(['Why is it slow?', 'Why is it slow?']);
  });
});

describeVisit('an answer that lost its words with a whole source', {}, (visit) => {
  it('has no question either, and there is nothing to ask again', async () => {
    const answer = rested(visit);
    await answer.given();
    await visit.chat.store.removal.source(visit.chat.harbour.channel);
    await answer.isGone();
    await visit.page.getByRole('heading', { name: 'A removed question' }).waitFor();
    expect(await visit.page.getByRole('button', { name: 'Ask again' }).count()).toBe(0);
    expect(await visit.page.locator('#threads a').allTextContents()).toEqual(['A removed question']);
  });
});
