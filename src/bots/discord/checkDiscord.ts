import { z } from 'zod';
import { realTiming } from '../../base/Timing.ts';
import { createDiscordApi } from '../../platforms/discord/api/createDiscordApi.ts';
import { findIdentity } from '../../platforms/discord/findIdentity.ts';
import type { Identity } from '../../platforms/discord/Identity.ts';
import type { Settings } from '../../store/settings.ts';
import { createFindings, type Finding } from '../createFindings.ts';
import { areRegistered } from './commands.ts';
import { CONTENT_SWITCH, type DiscordState } from './createDiscord.ts';

/** For `doctor`: the token, the servers, the commands, the content of messages. Each finding stands alone. */
export async function checkDiscord(deps: {
  readonly token: string | undefined;
  readonly apiUrl: string | undefined;
  readonly wantsMessageContent: boolean;
  readonly settings: Pick<Settings, 'get'>;
  /** Of the running bot, if it runs. */
  readonly state?: DiscordState | undefined;
}): Promise<readonly Finding[]> {
  const { token, state, settings } = deps;
  if (!token) {
    const sentence =
      'Not configured. Make an application at https://discord.com/developers/applications and set DISCORD_TOKEN.';
    return [{ check: 'discord', ok: true, sentence }];
  }
  const api = createDiscordApi({ token, url: deps.apiUrl, timing: realTiming, onRevoked: () => {} });
  const { findings, check } = createFindings();

  let identity: Identity | undefined;
  await check('discord token', async () => {
    identity = await findIdentity(api);
    return `The bot is ${identity.name} (${identity.botUserId}).`;
  });
  if (!identity) return findings;
  const { appId, hasMessageContent } = identity;
  await check('discord servers', async () => {
    const guilds = await api.call('GET', '/users/@me/guilds', { answer: z.array(z.unknown()), priority: 'background' });
    if (guilds.length > 0) return `It is in ${guilds.length} ${guilds.length === 1 ? 'server' : 'servers'}.`;
    const invite = `https://discord.com/oauth2/authorize?client_id=${appId}&scope=bot+applications.commands&permissions=${INVITE}`;
    throw new Error(`It is in no server. Invite it: ${invite}`);
  });
  await check('discord connection', () => {
    if (state?.problem) throw new Error(state.problem);
    if (!state) return 'Backscroll does not run; nothing is connected.';
    if (!state.isConnected) throw new Error('There is no connection to Discord right now; it is tried again.');
    return `Connected; ${state.invalidRequests} refused requests in the last ten minutes.`;
  });
  await check('discord commands', () => {
    if (areRegistered(settings, appId)) return 'Registered as this version has them.';
    return 'Not registered from this home yet; that happens at the start.';
  });
  // It works without; who wants it so says so in the config.
  const refused = hasMessageContent === false || state?.limits !== undefined;
  const content = refused
    ? `Not allowed. ${CONTENT_SWITCH(appId)}`
    : !deps.wantsMessageContent
      ? 'Not asked for (discord.messageContent is false).'
      : hasMessageContent === undefined
        ? 'Discord does not tell whether it is allowed.'
        : 'Allowed.';
  findings.push({ check: 'discord message content', ok: !(refused && deps.wantsMessageContent), sentence: content });
  return findings;
}

/** See channels, read their history, write, also in threads, link, and be used. */
const INVITE = (1n << 10n) | (1n << 16n) | (1n << 11n) | (1n << 38n) | (1n << 14n) | (1n << 31n);
