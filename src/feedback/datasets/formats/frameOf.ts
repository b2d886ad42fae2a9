import type { Format } from '../Policy.ts';

/**
 * What stands around the parts of a line, each of them JSON, the content of a message:
 * `opening` + the prompt's beginning + what the user says + `answer` + the completion (+ `other` + what it is preferred
 * to) + `end`.
 */
export interface Frame {
  readonly opening: Buffer;
  readonly answer: Buffer;
  readonly other: Buffer;
  readonly end: Buffer;
}

const text = (value: string) => Buffer.from(value, 'utf8');
/** The beginning of a prompt up to what the user says: many rows have the same. */
export const openPrompt = (system: string): Buffer =>
  text(`[{"role":"system","content":${JSON.stringify(system)}},{"role":"user","content":`);

const ASSISTANT = '{"role":"assistant","content":';
const frame = (opening: string, answer: string, end: string, other = ''): Frame => ({
  opening: text(opening),
  answer: text(answer + ASSISTANT),
  other: text(other + ASSISTANT),
  end: text(`${end}\n`),
});

// The prompt's array stays open for the answer.
const sft = frame('{"messages":', '},', '}]}');
const FRAMES = {
  dpo: frame('{"prompt":', '}],"chosen":[', '}]}', '}],"rejected":['),
  'openai-dpo': frame('{"input":{"messages":', '}]},"preferred_output":[', '}]}', '}],"non_preferred_output":['),
  sft,
  'openai-sft': sft,
};
const GOOD = frame('{"prompt":', '}],"completion":[', '}],"label":true}');
const BAD = frame('{"prompt":', '}],"completion":[', '}],"label":false}');

/**
 * How a line of a file is put together. Formats:
 * TRL (kto `{prompt, completion, label}`, dpo `{prompt, chosen, rejected}`, sft `{messages}`; each side a list of
 * messages): https://huggingface.co/docs/trl/dataset_formats. OpenAI (openai-sft `{messages}`, openai-dpo
 * `{input: {messages}, preferred_output, non_preferred_output}`, one assistant message a side):
 * https://platform.openai.com/docs/guides/fine-tuning
 * @param label of a line of kto
 */
export function frameOf(format: Format, label: boolean | undefined): Frame {
  if (format !== 'kto') return FRAMES[format];
  return label ? GOOD : BAD;
}
