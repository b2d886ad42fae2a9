import { sha256 } from '../../../base/hash.ts';
import type { Log } from '../../../base/log.ts';
import type { DiscordApi } from '../../../platforms/discord/api/createDiscordApi.ts';
import type { Question } from '../../Chat.ts';
import { placedSchema, quietly } from './createChannelSurface.ts';
import { openDirect } from './openDirect.ts';

/** The one thing that can still be said to somebody whose channel is gone, or closed to us. */
export async function tellAsker(
  api: DiscordApi,
  { id, personId, channelId }: Question,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const content = `I could not post my answer in <#${channelId}>: I may not write there (any more). You can ask me here.`;
  try {
    const direct = await openDirect(api, personId);
    const body = {
      ...quietly({ content, components: [] }),
      nonce: sha256(`${id} gone`).slice(0, 25),
      enforce_nonce: true,
    };
    await api.call('POST', `/channels/${direct}/messages`, { answer: placedSchema, priority: 'answer', body, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    log.debug({ err: error, questionId: id }, 'the asker cannot be told either');
  }
}
