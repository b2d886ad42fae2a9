import { cleanText } from '../markdownText.ts';
import { countReactions } from './countReactions.ts';
import type { DiscordContext, DiscordMessage, DiscordPerson, DiscordReading, SkipReason } from './DiscordMessage.ts';
import { discordToMarkdown } from './discordMarkdown.ts';
import { parseDiscordTime } from './discordTime.ts';
import { embedsMarkdown } from './embedsMarkdown.ts';
import { type ExportedMessage, type ExportedUser, exportedMessageSchema } from './exportedMessage.ts';
import { messageLink } from './permalink.ts';

/** What people say; 20 and 23 are what a bot answers to a command. Every other type is Discord speaking. */
const spoken = new Set(['Default', '0', 'Reply', '19', '20', '23']);
const maxTextCharacters = 100_000;

/**
 * Reads one message of a DiscordChatExporter export, whatever it is: never throws.
 * A thread or forum post is one conversation in the channel that it stands in: its messages carry the thread's id as
 * `threadId`. Discord gives a thread the id of the message it was begun from, which is in that channel, or, for a post of
 * a forum, the first in the thread: so that message is the root, as a Slack thread has it. A post's title stands before
 * its first message, where people read it.
 */
export function readExportedMessage(raw: unknown, context: DiscordContext): DiscordReading {
  const parsed = exportedMessageSchema.safeParse(raw);
  const atUs = parsed.success ? parseDiscordTime(parsed.data.timestamp) : undefined;
  if (!parsed.success || atUs === undefined) return { message: { skipped: 'unreadable' }, people: [] };
  const message = parsed.data;
  return { message: readSpoken(message, atUs, context), people: peopleIn(message) };
}

function readSpoken(
  message: ExportedMessage,
  atUs: number,
  context: DiscordContext,
): DiscordMessage | { readonly skipped: SkipReason } {
  const { id, author } = message;
  if (!spoken.has(message.type)) return { skipped: 'notice' };
  if (author.isBot && !context.includeBots) return { skipped: 'bot' };
  const files = filesOf(message);
  const text = textOf(message, context).trim().slice(0, maxTextCharacters).toWellFormed();
  if (text === '' && files.length === 0) return { skipped: 'empty' };
  const editedAtUs = parseDiscordTime(message.timestampEdited ?? undefined);
  const replyTo = answered(message, context);
  return {
    id,
    atUs,
    personId: author.id,
    ...(context.thread ? { threadId: context.channelId } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    text,
    files,
    ...(editedAtUs === undefined ? {} : { editedAtUs }),
    ...countReactions(message.reactions, author.id),
    permalink: messageLink(context.guildId, context.channelId, id),
  };
}

function textOf(message: ExportedMessage, context: DiscordContext): string {
  const mentioned = message.mentions.map(({ id, name, nickname }) => ({ id, names: [nickname ?? '', name] }));
  const render = (text: string) => discordToMarkdown(text, mentioned);
  const isPost = context.thread !== undefined && message.id === context.channelId;
  const title = isPost
    ? cleanText(context.thread?.name ?? '')
        .replace(/\s+/g, ' ')
        .trim()
    : '';
  return [
    title && `**${title.replace(/[*_\\[\]<]/g, '\\$&')}**`,
    render(message.content ?? '').trim(),
    forwarded(message),
    embedsMarkdown(message.embeds, { isBot: message.author.isBot, render }),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Only its link: that message has its own audience, edits and deletion, which a copy would not follow. */
function forwarded({ forwardedMessage, reference }: ExportedMessage): string {
  const { guildId, channelId, messageId } = reference ?? {};
  if (!forwardedMessage || !channelId || !messageId) return '';
  return messageLink(guildId ?? '0', channelId, messageId);
}

/** The message that this one answers, if that is in the same place. */
function answered({ type, reference }: ExportedMessage, { channelId }: DiscordContext): string | undefined {
  if ((type !== 'Reply' && type !== '19') || !reference?.messageId) return undefined;
  return (reference.channelId ?? channelId) === channelId ? reference.messageId : undefined;
}

function filesOf(message: ExportedMessage): DiscordMessage['files'] {
  return message.attachments.flatMap(({ fileName, url }) => {
    const name = cleanText(fileName).replace(/\s+/g, ' ').trim().slice(0, 500);
    if (name === '') return [];
    const address = fileUrl(url ?? '');
    return [address === undefined ? { name } : { name, url: address }];
  });
}

/** Without the query, a signature that opens the file for anybody for a day. Downloaded files have no address. */
function fileUrl(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function peopleIn({ author, mentions, reactions }: ExportedMessage): DiscordPerson[] {
  return [author, ...mentions, ...reactions.flatMap(({ users }) => users)].map(personOf);
}

function personOf({ id, name, nickname, globalName, isBot }: ExportedUser): DiscordPerson {
  const clean = (value: string) => cleanText(value).replace(/\s+/g, ' ').trim().slice(0, 200);
  const handle = clean(name) || id;
  const global = clean(globalName ?? '');
  return {
    ...{ id, name: clean(nickname ?? '') || handle, handle, isBot, isGuest: false },
    ...(global ? { alsoCalled: [global] } : {}),
  };
}
