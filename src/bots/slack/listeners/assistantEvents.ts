import { z } from 'zod';
import { assistantStartedSchema } from '../intake/eventSchemas.ts';
import type { Room } from '../Room.ts';
import { WORDS } from '../render/words.ts';

const PROMPTS = 4;
const TITLE_CHARACTERS = 60;

/** Somebody opened the assistant's pane: a few questions to begin with. What they ask comes as a message. */
export function createAssistantEvents({ api, suggestions, log }: Room) {
  return async (event: unknown): Promise<void> => {
    const parsed = assistantStartedSchema.safeParse(event);
    if (!parsed.success) return;
    const { channel_id, thread_ts } = parsed.data.assistant_thread;
    const prompts = (await suggestions()).slice(0, PROMPTS).map((message) => ({
      title: message.length > TITLE_CHARACTERS ? `${message.slice(0, TITLE_CHARACTERS - 1).toWellFormed()}…` : message,
      message,
    }));
    if (prompts.length === 0) return;
    try {
      const args = { channel_id, thread_ts, title: WORDS.promptsTitle, prompts };
      await api.call('assistant.threads.setSuggestedPrompts', args, {
        answer: z.object({}),
        priority: 'show',
        brief: true,
      });
    } catch (error) {
      log.debug({ err: error }, 'no questions could be suggested');
    }
  };
}
