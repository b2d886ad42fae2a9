import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configSchema } from '../../config/schema.ts';
import { tellAlert } from '../../src/main/alerts.ts';
import type { Alert } from '../../src/sync/alerts.ts';
import { type SlackBot, startSlackBot } from '../bots/slack/startSlackBot.ts';

let bot: SlackBot;
let space: string;
beforeEach(async () => {
  bot = await startSlackBot();
  await bot.connect();
  space = `slack:${bot.fake.teamId}`;
  await vi.waitFor(() => expect(bot.store.sources.readable(space)).toHaveLength(3));
});
afterEach(async () => {
  const { violations } = bot.fake;
  await bot.stop();
  expect(violations).toEqual([]);
});

const alert = (sentence: string, channelId?: string, spaceId = space): Alert => ({
  ...{ spaceId, name: 'x', kind: 'fails', sentence },
  syncId: channelId ? `${spaceId}/${channelId}` : 'github:acme/tools',
});
/** Tells it, and gives what stands in the channel then. */
async function posted(one: Alert, slackChannel?: string): Promise<string[]> {
  const config = configSchema.parse({ sync: { alerts: slackChannel ? { slackChannel } : {} } });
  await tellAlert({ config, store: bot.store }, bot, one);
  return ['C1', 'C2', 'C3'].flatMap((id) => bot.fake.messages(id).map(({ text }) => `${id}: ${text}`));
}

describe('an alert', () => {
  it('is posted into the channel that the config names, as plain text', async () => {
    const sentence = '#ops has failed 3 times in a row: <!channel> see the log & mend it.';
    const [text] = await posted(alert(sentence, 'C1'), 'C1');
    expect(text).toMatch(/^C1: #ops has failed 3 times in a row: &lt;.*channel&gt; see the log &amp; mend it\.$/);
  });

  it('of what is no channel is told as it is', async () => {
    expect(await posted(alert('acme/tools is 3 h behind.'), 'C1')).toEqual(['C1: acme/tools is 3 h behind.']);
  });

  it('of a channel that not everybody there may read does not say which', async () => {
    const hidden = 'A source that not everybody here may read is in trouble: see backscroll status.';
    expect(await posted(alert('#board is 4 h behind.', 'C3'), 'C1')).toEqual([`C1: ${hidden}`]);
  });

  it('of an open channel does not say which where a guest reads along', async () => {
    expect((await posted(alert('#ops is 4 h behind.', 'C1'), 'C2')).join()).not.toContain('#ops');
  });

  it('of a channel of another platform does not say which', async () => {
    expect((await posted(alert('#staff is 4 h behind.', '77', 'discord:9'), 'C1')).join()).not.toContain('#staff');
  });

  it('is posted nowhere if no channel is named', async () => {
    expect(await posted(alert('acme/tools is 3 h behind.'))).toEqual([]);
  });
});
