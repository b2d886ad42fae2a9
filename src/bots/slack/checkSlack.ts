import { z } from 'zod';
import type { Log } from '../../base/log.ts';
import { realTiming } from '../../base/Timing.ts';
import { createSlackApi } from '../../platforms/slack/api/createSlackApi.ts';
import { METHODS } from '../../platforms/slack/api/methods.ts';
import { createSlackLog } from '../../platforms/slack/api/slackLog.ts';
import { findWorkspace } from '../../platforms/slack/workspace.ts';
import type { Settings } from '../../store/settings.ts';
import { createFindings, type Finding } from '../createFindings.ts';
import type { SlackState } from './createSlack.ts';
import { readSeen } from './intake/seen.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';

/** What the bot's token must be allowed: for the methods that are called, the events, and the slash command. */
export function neededScopes(): readonly string[] {
  const needed = [...Object.values(METHODS), ...Object.values(SUBSCRIPTIONS).map((scopes) => ({ scopes }))];
  return [...new Set([...needed.flatMap(({ scopes }) => scopes), 'commands'])].sort();
}

/** For `doctor`: the tokens, the scopes, and whether Slack reaches us. Never throws: each finding stands alone. */
export async function checkSlack(deps: {
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly apiUrl: string | undefined;
  readonly settings: Pick<Settings, 'get'>;
  /** Of the running bot, if it runs. */
  readonly state?: SlackState | undefined;
  readonly log: Log;
}): Promise<readonly Finding[]> {
  const { botToken, appToken } = deps;
  if (!botToken) {
    const sentence = appToken
      ? 'SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN: set both.'
      : 'Not configured. Make an app from config/slack-manifest.yaml and set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.';
    return [{ check: 'slack', ok: !appToken, sentence }];
  }
  const apiWith = (token: string) =>
    createSlackApi({
      ...{ token, url: deps.apiUrl, timing: realTiming, logger: createSlackLog(deps.log), onRevoked: () => {} },
    });
  const { findings, check } = createFindings();

  let scopes: readonly string[] | undefined;
  await check('slack token', async () => {
    const workspace = await findWorkspace(apiWith(botToken));
    ({ scopes } = workspace);
    return `The bot belongs to the workspace ${workspace.name} (${workspace.teamId}).`;
  });
  if (scopes) await check('slack scopes', () => scopesSentence(scopes ?? []));
  await check('slack connection', () => connectionSentence());
  await check('slack subscriptions', () => subscriptionsSentence(readSeen(deps.settings)));
  return findings;

  async function connectionSentence(): Promise<string> {
    if (deps.state?.problem) throw new Error(deps.state.problem);
    if (!appToken) {
      if (!deps.signingSecret) throw new Error('Set SLACK_APP_TOKEN (Socket Mode), or SLACK_SIGNING_SECRET (HTTP).');
      const where = deps.state?.url ? ` Requests are taken at ${deps.state.url}.` : '';
      return `HTTP:${where} Slack must reach /slack/events under the request URL of the app's settings.`;
    }
    const answer = z.object({ url: z.string() });
    await apiWith(appToken).call('apps.connections.open', {}, { answer, priority: 'background', brief: true });
    if (deps.state && !deps.state.isConnected)
      throw new Error('Slack gives out connections, but there is none right now.');
    return `Socket Mode: ${deps.state ? 'connected' : 'Slack gives out connections'}.`;
  }
}

function scopesSentence(granted: readonly string[]): string {
  const missing = neededScopes().filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return 'All that are needed.';
  throw new Error(
    `The token lacks ${missing.join(', ')}. Bring the app's settings in line with config/slack-manifest.yaml and install it again.`,
  );
}

/** Slack tells an app nothing of its subscriptions: what has come says which there are. */
function subscriptionsSentence(seen: Readonly<Record<string, number>>): string {
  const expected = ['app_mention', 'message.channels', 'message.im', 'reaction_added', 'assistant_thread_started'];
  const missing = expected.filter((name) => seen[name] === undefined);
  if (missing.length === expected.length) {
    return 'No event has come yet. Mention the bot in a channel that it is in; if nothing happens, compare Event Subscriptions with config/slack-manifest.yaml.';
  }
  const last = new Date(Math.max(...Object.values(seen))).toISOString();
  const never = missing.length > 0 ? ` Never seen so far: ${missing.join(', ')}.` : '';
  return `Events come; the last kind of them was first seen, or seen again, at ${last}.${never}`;
}
