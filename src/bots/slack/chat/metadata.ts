import { z } from 'zod';

const EVENT_TYPE = 'backscroll_answer';

/** What every post of ours says about itself, for the case that we forget: https://docs.slack.dev/messaging/message-metadata */
export interface PostMark {
  readonly questionId: string;
  /** Undefined while the answer is not finished. */
  readonly answerId?: string;
  readonly part: number;
  readonly parts: number;
}

const markSchema = z.object({
  event_type: z.literal(EVENT_TYPE),
  event_payload: z.object({
    question_id: z.string(),
    answer_id: z.string().catch(''),
    part: z.coerce.number().int().min(0).catch(0),
    parts: z.coerce.number().int().min(1).catch(1),
  }),
});

export function metadataOf({ questionId, answerId, part, parts }: PostMark) {
  return { event_type: EVENT_TYPE, event_payload: { question_id: questionId, answer_id: answerId ?? '', part, parts } };
}

export function readMark(metadata: unknown): PostMark | undefined {
  const parsed = markSchema.safeParse(metadata);
  if (!parsed.success) return undefined;
  const { question_id, answer_id, part, parts } = parsed.data.event_payload;
  return { questionId: question_id, ...(answer_id ? { answerId: answer_id } : {}), part, parts };
}
