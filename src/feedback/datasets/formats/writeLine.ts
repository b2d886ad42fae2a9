import type { Format } from '../Policy.ts';

/** A row's parts as JSON, ready to be put together: each the content of a message. */
export interface LineParts {
  /** Many rows have the same: as `openPrompt` makes it. */
  readonly opened: Buffer;
  readonly user: Buffer;
  readonly completion: Buffer;
  readonly rejected?: Buffer;
  readonly label?: boolean;
}

const text = (value: string) => Buffer.from(value, 'utf8');
/** The beginning of a prompt up to what the user says. */
export const openPrompt = (system: string): Buffer =>
  text(`[{"role":"system","content":${JSON.stringify(system)}},{"role":"user","content":`);
const CLOSED = text('}]');
const GOING_ON = text('}');

const ASSISTANT = text('{"role":"assistant","content":');
const END = text('\n');
const between = {
  kto: [text('{"prompt":'), text(',"completion":['), text('}],"label":true}'), text('}],"label":false}')],
  dpo: [text('{"prompt":'), text(',"chosen":['), text('}],"rejected":['), text('}]}')],
  sft: [text('{"messages":'), text(','), text('}]}')],
  'openai-dpo': [
    text('{"input":{"messages":'),
    text('},"preferred_output":['),
    text('}],"non_preferred_output":['),
    text('}]}'),
  ],
} as const;

/**
 * One line of a file, in pieces that are written one behind the other. Formats:
 * TRL (kto `{prompt, completion, label}`, dpo `{prompt, chosen, rejected}`, sft `{messages}`; each side a list of
 * messages): https://huggingface.co/docs/trl/dataset_formats. OpenAI (openai-sft `{messages}`, openai-dpo
 * `{input: {messages}, preferred_output, non_preferred_output}`, one assistant message a side):
 * https://platform.openai.com/docs/guides/fine-tuning
 */
export function writeLine(format: Format, { opened, user, completion, rejected, label }: LineParts): Buffer[] {
  switch (format) {
    case 'kto': {
      const [open, then, good, bad] = between.kto;
      return [open, opened, user, CLOSED, then, ASSISTANT, completion, label ? good : bad, END];
    }
    case 'dpo':
    case 'openai-dpo': {
      const [open, then, or, close] = between[format];
      return [open, opened, user, CLOSED, then, ASSISTANT, completion, or, ASSISTANT, rejected as Buffer, close, END];
    }
    case 'sft':
    case 'openai-sft': {
      const [open, then, close] = between.sft;
      // The prompt's array stays open for the answer.
      return [open, opened, user, GOING_ON, then, ASSISTANT, completion, close, END];
    }
  }
}
