import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
  });
  await bot.connect();
});
afterEach(() => bot.stop());

const shown = async (userId: string) => {
  bot.fake.user(userId).opensHome();
  await bot.fake.when(() => bot.fake.calls('views.publish').some(({ args }) => args.user_id === userId));
  return JSON.stringify(bot.fake.calls('views.publish').findLast(({ args }) => args.user_id === userId)?.args.view);
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

  it('shows nothing for the tab of messages', async () => {
    bot.fake.user('U1').opensHome('messages');
    await shown('U2');
    expect(askedFor).toHaveLength(1);
  });
});
