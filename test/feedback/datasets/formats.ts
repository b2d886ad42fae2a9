import { z } from 'zod';

// Read from the trainers' own documentation, not from our code:
// https://huggingface.co/docs/trl/dataset_formats (conversational: unpaired preference, preference with explicit prompt,
// language modeling) and https://platform.openai.com/docs/guides/supervised-fine-tuning, …/direct-preference-optimization.

const content = z.string().min(1);
const system = z.strictObject({ role: z.literal('system'), content });
const user = z.strictObject({ role: z.literal('user'), content });
const assistant = z.strictObject({ role: z.literal('assistant'), content });
const prompt = z
  .array(z.discriminatedUnion('role', [system, user, assistant]))
  .min(1)
  .refine((messages) => messages.at(-1)?.role === 'user', 'a prompt ends on the user')
  .refine((messages) => messages.slice(1).every(({ role }) => role !== 'system'), 'the system speaks first');
const side = z.tuple([assistant]);

const trlKto = z.strictObject({ prompt, completion: side, label: z.boolean() });
const trlDpo = z
  .strictObject({ prompt, chosen: side, rejected: side })
  .refine(({ chosen, rejected }) => chosen[0].content !== rejected[0].content, 'nothing is preferred');
const messages = z
  .array(z.discriminatedUnion('role', [system, user, assistant]))
  .min(2)
  .refine((all) => all.at(-1)?.role === 'assistant', 'it ends on the assistant');
const sft = z.strictObject({ messages });
const openAiDpo = z.strictObject({
  input: z.strictObject({ messages: prompt }),
  preferred_output: side,
  non_preferred_output: side,
});

/** How a trainer would read a line of each format. */
export const READERS = { kto: trlKto, dpo: trlDpo, sft, 'openai-dpo': openAiDpo, 'openai-sft': sft } as const;
