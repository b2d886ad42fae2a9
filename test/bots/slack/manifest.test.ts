import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { neededScopes } from '../../../src/bots/slack/checkSlack.ts';
import { ASK_SHORTCUT, COMMAND, SAVE_SHORTCUT, SUBSCRIPTIONS } from '../../../src/bots/slack/subscriptions.ts';
import { METHODS } from '../../../src/platforms/slack/api/methods.ts';
import { answered, mention } from './helpers.ts';
import { startSlackBot } from './startSlackBot.ts';

const root = join(import.meta.dirname, '../../..');
const manifest = parse(readFileSync(join(root, 'config/slack-manifest.yaml'), 'utf8'));
const { scopes } = manifest.oauth_config;
const { bot_events } = manifest.settings.event_subscriptions;

describe('config/slack-manifest.yaml', () => {
  it('asks for the scopes of what is called and heard, and no more', () => {
    expect(scopes).toEqual({ bot: neededScopes() });
  });

  it('subscribes to what is listened to, and no more', () => {
    expect(bot_events).toEqual(Object.keys(SUBSCRIPTIONS));
  });

  it('has the command, the shortcuts, the pane, buttons and Socket Mode', () => {
    expect(manifest.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([COMMAND]);
    expect(manifest.features.shortcuts.map(({ callback_id }: { callback_id: string }) => callback_id)).toEqual([
      ASK_SHORTCUT,
      SAVE_SHORTCUT,
    ]);
    expect(manifest.features.assistant_view).toBeDefined();
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });

  it('names every method that the code calls, and the code calls every one that is named', () => {
    const code = globSync('src/{bots,platforms,sync/sources}/slack/**/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('methods.ts') && !file.endsWith('budget.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    for (const method of Object.keys(METHODS)) expect(code).toContain(`'${method}'`);
  });

  it('is enough for everything: with its scopes and events alone, nothing is refused', async () => {
    const bot = await startSlackBot({ slack: { scopes: scopes.bot, subscriptions: bot_events } });
    try {
      await bot.connect();
      const { fake } = bot;
      const said = fake.user('U1').says('C1', mention(bot, 'when?'));
      const post = await answered(bot, 'C1', said.ts);
      await fake.user('U1').clicks({ channel: 'C1', ts: post.ts }, 'negative_button');
      await fake.when(() => fake.views('U1').length === 1);
      fake.user('U2').reacts({ channel: 'C1', ts: post.ts }, '-1');
      await fake.when(() => fake.ephemerals('U2').length === 1);
      const pane = fake.user('U1').opensAssistant();
      await fake.when(() => fake.calls('assistant.threads.setSuggestedPrompts').length === 1);
      fake.user('U1').says(pane.channel, 'and now?', { thread: pane.threadTs });
      await answered(bot, pane.channel, pane.threadTs);
      await fake.when(() => fake.calls('assistant.threads.setTitle').length === 1);
      fake.user('U1').edits(said, mention(bot, 'where?'));
      await fake.when(() => fake.calls('chat.update').length >= 1);
      await bot.respond.idle();
      fake.user('U1').deletes(said);
      await fake.when(() => fake.message('C1', post.ts) === undefined);
      const refused = fake.calls().filter(({ response }) => JSON.stringify(response ?? '').includes('missing_scope'));
      expect(refused).toEqual([]);
      expect(fake.violations).toEqual([]);
    } finally {
      await bot.stop();
    }
  });
});
