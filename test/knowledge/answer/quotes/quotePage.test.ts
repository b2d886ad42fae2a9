import { describe, expect, it } from 'vitest';
import { passage } from '../evidence.ts';
import { ask, quotesFor } from '../quoting.ts';

describe('a section whose headings have the question', () => {
  it('answers as a whole, whatever words its sentences have', async () => {
    const text =
      '## Order\n\nWrite to the shop.\n\n## Set up the label printer\n\nPlug it in, then:\n\n```sh\nsudo apt install cups\n```\n\nReady.\n\n## Paper\n\nIt takes any.';
    expect(await quotesFor('how do I set up the label printer?', [passage(1, text)])).toEqual([
      'Plug it in, then:\n\n```sh\nsudo apt install cups\n```\n\nReady.',
    ]);
  });

  it('also when the heading stands in the title of the passage', async () => {
    const text = '1. Ask your lead.\n2. Enter the days in the calendar.\n3. Tell the team.';
    const evidence = [passage(1, text, { title: 'Handbook › Holidays › How to take a day off' })];
    expect(await quotesFor('how do I take a day off?', evidence)).toEqual([text]);
  });

  it('and a question in a page is such a heading', async () => {
    const text = 'Who feeds the cat?\nThe porter, at eight.\n\nWho waters the plants?\nWhoever comes first on Monday.';
    expect(await quotesFor('who waters the plants?', [passage(1, text, { title: 'FAQ' })])).toEqual([
      'Whoever comes first on Monday.',
    ]);
  });

  it('but not the one beside it, and no heading is quoted', async () => {
    const text = '## Refunds\n\nWithin two weeks.\n\n## Exchange\n\nOnly with the receipt.';
    const [quote] = await quotesFor('what about refunds?', [passage(1, text, { title: 'Shop' })]);
    expect(quote).toBe('Within two weeks.');
  });
});

describe('a sentence', () => {
  it('is quoted with the next one while it is short', async () => {
    const text = 'Lunch is at noon. The garage opens at six. Its gate closes at ten. \n\nThe roof is closed.';
    expect(await quotesFor('when does the garage open?', [passage(1, text, { title: '' })])).toEqual([
      'The garage opens at six. Its gate closes at ten.',
    ]);
  });

  it('is whole, also where an editor wrapped its line', async () => {
    const text =
      'The lift needs a new motor.\n\nThe cause of the flood in the cellar was a pump that had been\nswitched off for the holidays and never on again.';
    const [quote] = await quotesFor('what was the cause of the flood in the cellar?', [passage(1, text)]);
    expect(quote).toMatch(/switched off for the holidays and never on again\.$/u);
  });

  it('that has what the question wants is preferred: a number for "how many"', async () => {
    const text =
      'The desks in the new office are made of oak.\n\nThere is room for all.\n\nThe new office has 48 desks on two floors.';
    const [quote] = await quotesFor('how many desks are in the new office?', [passage(1, text, { title: '' })]);
    expect(quote).toContain('48 desks');
  });

  it('that says what it is, for "what is"', async () => {
    const text =
      'Restart Fennel after each change.\n\nFennel is a small store for drafts.\n\nAsk before you stop Fennel.';
    const [quote] = await quotesFor('what is Fennel?', [passage(1, text, { title: '' })]);
    expect(quote).toContain('Fennel is a small store');
  });

  it('that speaks of "this" is quoted with the one before', async () => {
    const text = 'Sometimes a label is lost. This happens when the label printer is full.\n\nBuy paper.';
    expect(await quotesFor('when is the label printer full?', [passage(1, text, { title: '' })])).toEqual([
      'Sometimes a label is lost. This happens when the label printer is full.',
    ]);
  });

  it('leads to the block that it announces', async () => {
    const text =
      'Cold starts are slow.\n\nYou clear the proxy cache with one command.\n\n```sh\nproxy cache clear\n```\n\nNothing else is needed.';
    const [quote] = await quotesFor('how do I clear the proxy cache?', [passage(1, text, { title: '' })]);
    expect(quote).toBe('You clear the proxy cache with one command.\n\n```sh\nproxy cache clear\n```');
  });
});

describe('a table', () => {
  const TABLE =
    '| room | seats | screen |\n| - | - | - |\n| Maple | 4 | no |\n| Birch | 12 | yes |\n| Cedar | 30 | yes |\n';

  it('is shown with its header and the rows that are meant; the row is what is cited', async () => {
    const answer = await ask('how many seats does the room Birch have?', [passage(1, `${TABLE}\nBook early.`)]);
    expect(answer.text).toContain('> | room | seats | screen |\n> | - | - | - |\n> | Birch | 12 | yes |\n');
    expect(answer.text).not.toContain('Maple');
    expect(answer.citations[0]?.quote).toBe('| Birch | 12 | yes |');
  });

  it('is shown whole if no row stands out', async () => {
    expect(await quotesFor('which room has which screen and seats?', [passage(1, TABLE)])).toEqual([TABLE.trim()]);
  });
});

describe('what is too long for a phone', () => {
  it('is begun, where a sentence announces it', async () => {
    const code = `\`\`\`sh\n${'report --month\n'.repeat(40)}\`\`\``;
    const [quote] = await quotesFor('how do I write the yearly report?', [
      passage(1, `The yearly report is written like this:\n\n${code}`, { title: '' }),
    ]);
    expect(quote).toMatch(/^The yearly report is written like this:\n\n```sh\n(?:report --month\n?){15}$/u);
  });

  it('is cut, and says so', async () => {
    const code = `\`\`\`sh\n${'report --month --verbose --write\n'.repeat(40)}\`\`\``;
    const answer = await ask('how do I write the report?', [passage(1, `## Write the report\n\n${code}`)]);
    expect(answer.text.match(/report --month/gu)).toHaveLength(15);
    expect(answer.text).toContain('> ```\n>\n> …');
  });
});
