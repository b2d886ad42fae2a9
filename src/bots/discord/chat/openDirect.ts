import { z } from 'zod';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';

/** The direct conversation with somebody. Errors as DiscordApi's. @returns its channel */
export async function openDirect(api: DiscordApi, personId: string): Promise<string> {
  const options = {
    answer: z.object({ id: z.string() }),
    priority: 'answer' as const,
    body: { recipient_id: personId },
  };
  return (await api.call('POST', '/users/@me/channels', options)).id;
}
