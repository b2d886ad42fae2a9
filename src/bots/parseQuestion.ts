import { z } from 'zod';
import type { Question } from './Chat.ts';

const readerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everybody'), spaces: z.array(z.string()) }),
  z.object({ kind: z.literal('person'), space: z.string(), personId: z.string() }),
  z.object({ kind: z.literal('place'), space: z.string(), channelId: z.string() }),
]);

const questionSchema = z.object({
  id: z.string(),
  platform: z.enum(['web', 'slack', 'discord']),
  personId: z.string(),
  channelId: z.string(),
  threadId: z.string(),
  text: z.string(),
  atMs: z.number(),
  reader: readerSchema,
  history: z.array(z.object({ role: z.enum(['person', 'bot']), text: z.string() })),
  replyTo: z.string().optional(),
  sourceId: z.number().optional(),
});

/** A question as it lay in the inbox, or undefined when it is not one (an earlier version's, a damaged row). */
export function parseQuestion(payload: string): Question | undefined {
  try {
    const { replyTo, sourceId, ...question } = questionSchema.parse(JSON.parse(payload));
    return {
      ...question,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(sourceId === undefined ? {} : { sourceId }),
    };
  } catch {
    return undefined;
  }
}
