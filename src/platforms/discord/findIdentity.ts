import { z } from 'zod';
import type { DiscordApi } from './api/createDiscordApi.ts';
import { statusOf } from './api/failure.ts';
import type { Identity } from './Identity.ts';

/** What the portal allows, in the flags of an application: fully, or for bots in fewer than 100 servers. */
const MESSAGE_CONTENT = (1 << 18) | (1 << 19);

const me = z.object({ id: z.string().regex(/^\d{1,20}$/), username: z.string().catch('') });
const application = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  flags: z.number().int().optional().catch(undefined),
});

/** Asks Discord whose token it is; where a server does not know the route, the gateway tells. Errors as DiscordApi's. */
export async function findIdentity(api: DiscordApi): Promise<Identity> {
  const bot = await known(() => api.call('GET', '/users/@me', { answer: me, priority: 'answer' }));
  const app = await known(() => api.call('GET', '/applications/@me', { answer: application, priority: 'answer' }));
  return {
    ...{ appId: app?.id ?? bot?.id ?? '', botUserId: bot?.id ?? '', name: bot?.username || bot?.id || '' },
    ...(app?.flags === undefined ? {} : { hasMessageContent: (app.flags & MESSAGE_CONTENT) !== 0 }),
  };
}

/** Undefined where a server does not know the route. */
async function known<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 405) return undefined;
    throw error;
  }
}
