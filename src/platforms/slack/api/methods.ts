/**
 * How often Slack lets a method be called, a workspace: https://docs.slack.dev/apis/web-api/rate-limits.
 * `post` is one a second in a channel and several hundred a minute in all; `special` is what the docs leave open.
 */
export type Tier = 2 | 3 | 4 | 'post' | 'special';

export interface Method {
  readonly tier: Tier;
  /** What the bot's token must be allowed for it: the manifest asks for these and no more. */
  readonly scopes: readonly string[];
}

const READ = ['channels:read', 'groups:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** Every method of Slack's that Backscroll calls. */
export const METHODS = {
  // With the app's token, which is allowed connections:write and nothing else.
  'apps.connections.open': { tier: 'special', scopes: [] },
  'auth.test': { tier: 'special', scopes: [] },
  'assistant.threads.setStatus': { tier: 'special', scopes: ['chat:write'] },
  'assistant.threads.setSuggestedPrompts': { tier: 4, scopes: ['assistant:write'] },
  'assistant.threads.setTitle': { tier: 4, scopes: ['assistant:write'] },
  'chat.appendStream': { tier: 4, scopes: ['chat:write'] },
  'chat.delete': { tier: 3, scopes: ['chat:write'] },
  'chat.postEphemeral': { tier: 4, scopes: ['chat:write'] },
  'chat.postMessage': { tier: 'post', scopes: ['chat:write'] },
  'chat.startStream': { tier: 2, scopes: ['chat:write'] },
  'chat.stopStream': { tier: 2, scopes: ['chat:write'] },
  'chat.update': { tier: 3, scopes: ['chat:write'] },
  'conversations.history': { tier: 3, scopes: HISTORY },
  'conversations.info': { tier: 3, scopes: READ },
  'conversations.list': { tier: 2, scopes: READ },
  'conversations.members': { tier: 4, scopes: READ },
  'conversations.replies': { tier: 3, scopes: HISTORY },
  'users.info': { tier: 4, scopes: ['users:read'] },
  'users.list': { tier: 2, scopes: ['users:read'] },
  'views.open': { tier: 4, scopes: [] },
  'views.publish': { tier: 4, scopes: [] },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof METHODS;
