import { z } from 'zod';
import { json, text } from './args.ts';
import { checkBlocks } from './blocks/checkBlocks.ts';
import { countText, settleBlocks } from './blocks/settleBlocks.ts';
import { Refused, refusedFor } from './Refused.ts';
import { escapeText, richText } from './richText.ts';
import type { Json, State } from './State.ts';

/** What a message says: `text`, `blocks` or `markdown_text`, as chat.postMessage and its siblings take it. */
export const contentArgs = {
  text: text.optional(),
  blocks: json(z.array(z.looseObject({})), 'invalid_blocks_format').optional(),
  attachments: json(z.array(z.looseObject({})), 'invalid_attachments').optional(),
  markdown_text: text.optional(),
};

export const metadataArg = json(z.looseObject({}), 'invalid_metadata_format').optional();

export interface Content {
  readonly text: string;
  readonly blocks: Json[];
  readonly attachments?: Json[];
  readonly warnings: readonly string[];
}

interface ContentArgs {
  readonly text?: string | undefined;
  readonly blocks?: Json;
  readonly attachments?: Json;
  readonly markdown_text?: string | undefined;
}

/** Text beyond this is cut without an error (a warning tells). */
const mostTextKept = 40_000;
const mostMarkdown = 12_000;
/** Over all blocks of a message, with what Slack adds for the containers: seen in slackapi/bolt-js#2509. */
const mostBlockText = 13_200;

export function readContent(state: State, args: ContentArgs, limits: { readonly textMost?: number } = {}): Content {
  const { blocks, markdown_text: markdown, attachments } = args;
  if (markdown !== undefined && (args.text !== undefined || blocks !== undefined)) {
    throw new Refused('markdown_text_conflict');
  }
  const isEmpty = !args.text && !markdown && !(blocks?.length > 0) && !(attachments?.length > 0);
  if (isEmpty) throw new Refused('no_text');
  if (attachments?.length > 100) throw new Refused('too_many_attachments');
  if (limits.textMost !== undefined && (args.text ?? '').length > limits.textMost) throw new Refused('msg_too_long');
  if (markdown !== undefined && markdown.length > mostMarkdown) throw new Refused('msg_too_long');
  if (blocks) refuseBadBlocks(blocks);

  const isCut = (args.text ?? '').length > mostTextKept;
  const said = markdown ?? escapeText((args.text ?? '').slice(0, mostTextKept));
  const hasOwn = (blocks?.length ?? 0) > 0;
  return {
    text: said,
    blocks: hasOwn ? settleBlocks(blocks, state.nextId) : said === '' ? [] : [richText(said, state.nextId('blk'))],
    ...(attachments ? { attachments } : {}),
    warnings: isCut ? ['message_truncated'] : [],
  };
}

export function refuseBadBlocks(blocks: readonly Json[]): void {
  const problems = checkBlocks(blocks, 'message');
  if (problems.length > 0) throw refusedFor('invalid_blocks', problems);
  const markdown = blocks
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + block.text.length, 0);
  if (markdown > mostMarkdown || countText(blocks) > mostBlockText) throw new Refused('msg_blocks_too_long');
}

const Metadata = z.object({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});
const mostMetadataBytes = 8000;

/** https://docs.slack.dev/messaging/message-metadata */
export function readMetadata(metadata: Json): Json {
  if (metadata === undefined || Object.keys(metadata).length === 0) return undefined;
  const parsed = Metadata.safeParse(metadata);
  if (!parsed.success) throw new Refused('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > mostMetadataBytes) throw new Refused('metadata_too_large');
  return parsed.data;
}
