import type { Method } from '../Method.ts';
import { appMethods } from './apps.ts';
import { assistantMethods } from './assistant.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { reactionMethods } from './reactions.ts';
import { streamMethods } from './streams.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every method that this Slack knows, by name. */
export function allMethods(ticket: () => string): Readonly<Record<string, Method>> {
  return {
    ...appMethods(ticket),
    ...assistantMethods,
    ...authMethods,
    ...chatMethods,
    ...conversationMethods,
    ...reactionMethods,
    ...streamMethods,
    ...userMethods,
    ...viewMethods,
  };
}
