import { cleanText } from '../markdownText.ts';
import { countReactions } from '../reactions.ts';
import { attachmentsToMarkdown } from './attachments.ts';
import { blocksToMarkdown } from './blocks.ts';
import { messageSchema, type RawFile, type RawMessage } from './messageSchema.ts';
import { decodeEntities, mrkdwnToMarkdown } from './mrkdwn.ts';
import { messagePermalink } from './permalink.ts';
import type { SkipReason, SlackContext, SlackMessage, SlackReading } from './SlackMessage.ts';
import { parseSlackTs } from './slackTime.ts';

/** What people say. Every other subtype is Slack speaking, the ones to come included. */
const spoken = new Set([
  'me_message',
  'thread_broadcast',
  'reply_broadcast',
  'file_share',
  'file_comment',
  'file_mention',
]);
const maxTextCharacters = 100_000;

/**
 * Reads one message of an export, an event or `conversations.history` / `.replies`, whatever it is: never throws.
 * Events that wrap a message (`message_changed`, `message_deleted`) are read as what became of that message.
 */
export function readSlackMessage(raw: unknown, context: SlackContext): SlackReading {
  const parsed = messageSchema.safeParse(raw);
  if (!parsed.success) return { skipped: 'unreadable' };
  const message = parsed.data;
  if (message.subtype === 'message_changed') {
    const inner = messageSchema.safeParse(message.message);
    // One level: a change of a change is nothing that Slack writes.
    return inner.success && inner.data.subtype !== 'message_changed'
      ? readPlain(inner.data, context)
      : { skipped: 'unreadable' };
  }
  return readPlain(message, context);
}

function readPlain(message: RawMessage, context: SlackContext): SlackReading {
  if (message.subtype === 'message_deleted') return readDeletion(message, context);
  const time = parseSlackTs(message.ts);
  if (!time || (message.type !== undefined && message.type !== 'message')) return { skipped: 'unreadable' };
  if (message.subtype === 'tombstone') return { skipped: 'deleted', emptied: empty(message, time, context) };
  const skipped = skipReason(message, context);
  if (skipped) return { skipped };

  const files = filesOf(message);
  const text = textOf(message).trim().slice(0, maxTextCharacters).toWellFormed();
  if (text === '' && files.length === 0) return { skipped: 'empty' };
  const personId = personOf(message);
  const edited = parseSlackTs(message.edited?.ts);
  return {
    ...empty(message, time, context),
    text,
    files,
    ...(edited ? { editedAtUs: edited.atUs } : {}),
    ...countReactions(message.reactions, personId),
  };
}

function skipReason(message: RawMessage, { isBot, includeBots }: SlackContext): SkipReason | undefined {
  const { subtype, user, bot_id } = message;
  const isBotMessage = subtype === 'bot_message' || subtype === 'slackbot_response' || user === 'USLACKBOT';
  // Messages that a person sends through an app carry a bot_id as well; only the list of people can tell.
  const known = user === undefined ? undefined : isBot?.(user);
  if (isBotMessage || known === true || (bot_id !== undefined && known !== false)) {
    if (!includeBots) return 'bot';
    return message.hidden ? 'hidden' : undefined;
  }
  if (subtype !== undefined && !spoken.has(subtype)) return 'notice';
  return message.hidden ? 'hidden' : undefined;
}

function readDeletion(message: RawMessage, context: SlackContext): SlackReading {
  const previous = messageSchema.safeParse(message.previous_message);
  const time = parseSlackTs(message.deleted_ts ?? (previous.success ? previous.data.ts : undefined));
  if (!time) return { skipped: 'unreadable' };
  return { skipped: 'deleted', emptied: empty(previous.success ? previous.data : message, time, context) };
}

/** All of a message but what it says. */
function empty(message: RawMessage, time: { ts: string; atUs: number }, context: SlackContext): SlackMessage {
  const root = parseSlackTs(message.thread_ts)?.ts ?? (message.reply_count > 0 ? time.ts : undefined);
  return {
    id: time.ts,
    atUs: time.atUs,
    personId: personOf(message),
    ...(root === undefined ? {} : { threadId: root }),
    text: '',
    files: [],
    confirmations: 0,
    contradictions: 0,
    permalink: messagePermalink(context, time.ts, root),
  };
}

function personOf({ subtype, user, comment, bot_id, file }: RawMessage): string {
  // The comment's author: `user` is missing there in old exports, and the file's owner is somebody else.
  const person = subtype === 'file_comment' ? (comment?.user ?? user) : (user ?? comment?.user ?? file?.user);
  return person || bot_id || 'unknown';
}

function textOf(message: RawMessage): string {
  const written = mrkdwnToMarkdown(writtenText(message)).trim();
  const blocks = blocksToMarkdown(message.blocks);
  const said = isRicher(blocks, written) ? blocks.markdown.trim() : written;
  const attached = attachmentsToMarkdown(message.attachments, said);
  return [said, attached].filter(Boolean).join('\n\n');
}

/**
 * Old exports tell of an upload in words: `<@U1> uploaded a file: <url|name> and commented: …`. The file is in `files`
 * anyway, so that what is left is what the person said.
 */
function writtenText({ subtype, text = '', comment, file }: RawMessage): string {
  if (subtype === 'file_comment') return comment?.comment ?? text;
  if (subtype !== 'file_share' || file === undefined) return text;
  return text.replace(/^<@[A-Z0-9]+(?:\|[^<>]*)?> (?:uploaded|shared) a file: ?<[^<>]*>(?: and commented: ?)?/, '');
}

/** Blocks replace the text if they say more, and a rich_text, which knows lists and code, also if it says as much. */
function isRicher({ markdown, isRich }: { markdown: string; isRich: boolean }, written: string): boolean {
  const inBlocks = countLetters(markdown);
  const inText = countLetters(written);
  return inBlocks > 0 && inBlocks >= inText * (isRich ? 0.9 : 1.1);
}

function countLetters(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}

function filesOf(message: RawMessage): SlackMessage['files'] {
  const files = message.file ? [...message.files, message.file] : message.files;
  return files.flatMap((file) => {
    const name = cleanText(decodeEntities(file.name || file.title || ''))
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 500);
    if (name === '' || file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return [];
    const url = fileUrl(file);
    return [url === undefined ? { name } : { name, url }];
  });
}

/** Without the query: exports put a token there that opens the file for anybody. */
function fileUrl({ permalink, url_private }: RawFile): string | undefined {
  for (const candidate of [permalink, url_private]) {
    if (!candidate || !URL.canParse(candidate)) continue;
    const url = new URL(candidate);
    if (url.protocol === 'https:' || url.protocol === 'http:') return `${url.origin}${url.pathname}`;
  }
  return undefined;
}
