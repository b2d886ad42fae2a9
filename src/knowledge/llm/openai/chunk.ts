import { z } from 'zod';

const Part = z.looseObject({ type: z.string().optional(), text: z.string().optional() });

/** What we read of a streamed chunk, as loosely as servers write it: Azure begins without choices, Mistral sends parts. */
const Chunk = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z
          .looseObject({
            content: z.union([z.string(), z.array(Part)]).nullish(),
            reasoning_content: z.unknown().optional(),
            reasoning: z.unknown().optional(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.looseObject({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
});

export interface ChunkNews {
  /** Text of the answer; may be empty. */
  readonly text: string;
  /** True when the model said anything, be it reasoning only. */
  readonly alive: boolean;
  readonly finish: string | undefined;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined;
}

/** What is new in a chunk. Throws ZodError on something that is no chunk of a chat completion. */
export function readChunk(raw: unknown): ChunkNews {
  const { choices, usage } = Chunk.parse(raw);
  const choice = choices?.[0];
  const content = choice?.delta?.content ?? '';
  const text = typeof content === 'string' ? content : content.map(textOfPart).join('');
  const thought = choice?.delta?.reasoning_content || choice?.delta?.reasoning;
  return {
    text,
    alive: content.length > 0 || Boolean(thought),
    finish: choice?.finish_reason ?? undefined,
    usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined,
  };
}

function textOfPart(part: z.infer<typeof Part>): string {
  return part.type === undefined || part.type === 'text' ? (part.text ?? '') : '';
}
