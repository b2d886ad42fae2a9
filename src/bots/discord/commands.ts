import { z } from 'zod';
import { sha256 } from '../../base/hash.ts';
import type { DiscordApi } from '../../platforms/discord/api/createDiscordApi.ts';
import type { Settings } from '../../store/settings.ts';

export const ASK = 'ask';
export const BACKSCROLL = 'backscroll';
export const ASK_MENU = 'Ask about this';
export const SAVE_MENU = 'Save as answer';

const SUBCOMMAND = 1;
const STRING = 3;
const BOOLEAN = 5;
/** In servers and in direct conversations with the bot. */
const contexts = [0, 1];

/** https://discord.com/developers/docs/interactions/application-commands */
const COMMANDS = [
  {
    ...{ type: 1, name: ASK, description: 'Ask what was said and written here', contexts },
    options: [
      { type: STRING, name: 'question', description: 'What do you want to know?', required: true },
      { type: BOOLEAN, name: 'private', description: 'Show the answer to me alone' },
      { type: STRING, name: 'source', description: 'Answer from this channel or folder only', autocomplete: true },
    ],
  },
  {
    ...{ type: 1, name: BACKSCROLL, description: 'What Backscroll knows, and how to use it', contexts },
    options: [
      { type: SUBCOMMAND, name: 'status', description: 'How much I know, and how fresh it is' },
      { type: SUBCOMMAND, name: 'sources', description: 'What I may use for you' },
      { type: SUBCOMMAND, name: 'help', description: 'How to ask me' },
      { type: SUBCOMMAND, name: 'forget-me', description: 'Leave out and erase what I wrote and write here' },
    ],
  },
  { type: 3, name: ASK_MENU, contexts },
  { type: 3, name: SAVE_MENU, contexts },
] as const;

const key = (appId: string) => `discord:commands:${appId}`;
const hash = () => sha256(JSON.stringify(COMMANDS));

export function areRegistered(settings: Pick<Settings, 'get'>, appId: string): boolean {
  return settings.get(key(appId)) === hash();
}

/** Registers the commands where they are not as they were registered last. Errors as DiscordApi's. */
export async function registerCommands(
  api: DiscordApi,
  settings: Settings,
  appId: string,
  signal: AbortSignal,
): Promise<void> {
  if (areRegistered(settings, appId)) return;
  const options = { answer: z.unknown(), priority: 'answer' as const, body: COMMANDS, signal };
  await api.call('PUT', `/applications/${appId}/commands`, options);
  settings.set(key(appId), hash());
}
