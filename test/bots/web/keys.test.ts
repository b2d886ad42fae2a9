import { expect, it } from 'vitest';
import { ask, describeVisit } from './inBrowser.ts';

describeVisit('the keys of the page', {}, (visit) => {
  const press = (key: string) => visit.page.keyboard.press(key);
  const leaveBox = () => visit.page.evaluate('document.activeElement.blur()');
  const active = () => visit.page.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
  const dialog = () => visit.page.getByRole('dialog', { name: 'Keys' });

  it('are listed under ?, and by a button', async () => {
    await leaveBox();
    await press('?');
    expect(await dialog().locator('dd').allTextContents()).toContain('Search the conversations');
    await press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await visit.page.getByRole('button', { name: /^Keys/ }).click();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'hidden' });
  });

  it('ask, search and begin anew', async () => {
    await ask(visit.page, 'Why?');
    await leaveBox();
    await press('s');
    expect(await active()).toBe('find');
    await leaveBox();
    await press('/');
    expect(await active()).toBe('question');
    await press('Control+k');
    expect(await active()).toBe('find');
    await leaveBox();
    await press('n');
    await visit.page.locator('#welcome').waitFor();
    expect(await active()).toBe('question');
  });

  it('go from question to question and from conversation to conversation', async () => {
    await ask(visit.page, 'One?');
    await ask(visit.page, 'Two?');
    await leaveBox();
    await press('k');
    expect(await active()).toMatch(/^One/);
    await press('j');
    expect(await active()).toMatch(/^Two/);
    await press('n');
    await ask(visit.page, 'Three?');
    await visit.page.locator('#threads a').nth(1).waitFor();
    await leaveBox();
    await press(']');
    await visit.page.getByRole('heading', { name: 'One?' }).waitFor();
    await press('[');
    await visit.page.getByRole('heading', { name: 'Three?' }).waitFor();
  });

  it('open a source and vote', async () => {
    await ask(visit.page, 'Why?');
    await leaveBox();
    await press('2');
    await visit.page.locator('#panel').getByText('wireguard').waitFor();
    await press('Escape');
    await press('+');
    await visit.page.getByText('Saved', { exact: true }).waitFor();
    expect(await visit.page.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('true');
    await press('9');
    expect(await visit.page.locator('#panel').isVisible()).toBe(false);
  });

  it('are letters like any others in a text box', async () => {
    await visit.page.locator('#question').focus();
    await visit.page.keyboard.type('n?j/1');
    expect(await visit.page.locator('#question').inputValue()).toBe('n?j/1');
    expect(await dialog().isVisible()).toBe(false);
  });

  it('can be switched off, for good', async () => {
    await visit.page.getByRole('button', { name: /^Keys/ }).click();
    await dialog().getByRole('checkbox').uncheck();
    await visit.page.reload();
    await visit.page.locator('#status span').first().waitFor();
    await leaveBox();
    await press('?');
    expect(await dialog().isVisible()).toBe(false);
    await press('Control+k');
    expect(await active()).toBe('find');
  });
});
