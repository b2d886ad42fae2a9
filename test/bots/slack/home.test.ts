import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Gap } from '../../../src/feedback/gaps/Gap.ts';
import { type SlackBot, startSlackBot } from './startSlackBot.ts';

const gap: Gap = {
  ...{
    question: 'How do I <!channel> use the VPN on Linux?',
    topic: 'vpn linux',
    people: 14,
    questions: 20,
    unanswered: 20,
  },
  ...{ lastAskedMs: 1, examples: [], traceIds: [], mightKnow: [{ personId: 'U2', name: 'Tom Berg' }] },
};
let bot: SlackBot;
let askedFor: unknown[];
beforeEach(async () => {
  askedFor = [];
  bot = await startSlackBot({
    gaps: async (reader) => {
      askedFor.push(reader);
      return reader.kind === 'person' && reader.personId === 'U1' ? [gap] : [];
    },
    troubles: () => [
      { sentence: '#ops has failed 3 times in a row: <!channel> *bold*', channelId: 'C1' },
      { sentence: '#board is 4 h behind.', channelId: 'C3' },
      { sentence: 'acme/tools has failed 3 times in a row: HTTP 401.' },
    ],
    settings: { curators: ['U2'] },
  });
  await bot.connect();
  await vi.waitFor(() => expect(bot.store.sources.readable(`slack:${bot.fake.teamId}`)).toHaveLength(3));
});
afterEach(() => bot.stop());

const shown = async (userId: string) => {
  const published = () => bot.fake.calls('views.publish').filter(({ args }) => args.user_id === userId);
  const before = published().length;
  bot.fake.user(userId).opensHome();
  await bot.fake.when(() => published().length > before);
  return JSON.stringify(published().at(-1)?.args.view);
};

describe('the home tab', () => {
  it('tells what is asked and not answered, as the person who opened it may know, in plain text', async () => {
    const view = await shown('U1');
    expect(view).toContain('14 people asked');
    expect(view).toContain('Tom Berg');
    expect(view).toMatch(/"plain_text\\*",\\*"text\\*":\\*"14 people/);
    expect(askedFor).toEqual([{ kind: 'person', space: expect.stringMatching(/^slack:T/), personId: 'U1' }]);
    expect(await shown('U2')).toContain('Nothing at the moment');
    expect(bot.fake.violations).toEqual([]);
  });

  it('tells what is wrong with channels that the person may read, and the rest to curators only', async () => {
    const member = await shown('U1');
    expect(member).toContain('#ops has failed 3 times');
    expect(member).toContain('#board is 4 h behind');
    expect(member).not.toContain('acme/tools');
    // Plain text: nothing in it is a mention.
    expect(member).toMatch(/"plain_text\\*",\\*"text\\*":\\*"• #ops/);
    const curator = await shown('U2');
    expect(curator).toContain('#ops has failed 3 times');
    expect(curator).toContain('acme/tools has failed');
    expect(curator).not.toContain('#board');
    expect(await shown('U9')).not.toMatch(/#ops|#board|acme/);
  });

  it('tells nothing more of a channel to somebody who has left it', async () => {
    expect(await shown('U1')).toContain('#board');
    const own = () => bot.store.audiences({ kind: 'person', space: `slack:${bot.fake.teamId}`, personId: 'U1' });
    const before = own().map(({ id }) => id);
    bot.fake.kick('C3', 'U1');
    await vi.waitFor(() => expect(own().map(({ id }) => id)).not.toEqual(before));
    expect(await shown('U1')).not.toContain('#board');
  });

  it('tells of no channel while Slack does not say who is in it', async () => {
    expect(await shown('U1')).toContain('#board');
    bot.fake.clock.advance(16 * 60_000);
    bot.fake.fail({ kind: 'error', error: 'access_denied' }, { method: 'conversations.list', times: 99 });
    bot.fake.fail({ kind: 'error', error: 'access_denied' }, { method: 'conversations.info', times: 99 });
    expect(await shown('U1')).not.toMatch(/#ops|#board/);
    expect(await shown('U2')).toContain('acme/tools');
  });

  it('shows nothing for the tab of messages', async () => {
    bot.fake.user('U1').opensHome('messages');
    await shown('U2');
    expect(askedFor).toHaveLength(1);
  });
});
