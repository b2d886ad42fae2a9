import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const sampleDir = join(import.meta.dirname, '../../sample');

const slackTs = z.string().regex(/^\d{10}\.\d{6}$/);

const messageSchema = z.strictObject({
  type: z.literal('message'),
  subtype: z.enum(['channel_join', 'bot_message', 'thread_broadcast']).optional(),
  client_msg_id: z.uuid().optional(),
  user: z.string().optional(),
  team: z.literal('T0SAMPLE01').optional(),
  bot_id: z.string().optional(),
  username: z.string().optional(),
  text: z.string().min(1),
  ts: slackTs,
  thread_ts: slackTs.optional(),
  parent_user_id: z.string().optional(),
  reply_count: z.int().positive().optional(),
  reply_users_count: z.int().positive().optional(),
  latest_reply: slackTs.optional(),
  reply_users: z.array(z.string()).optional(),
  replies: z.array(z.strictObject({ user: z.string(), ts: slackTs })).optional(),
  edited: z.strictObject({ user: z.string(), ts: slackTs }).optional(),
  reactions: z
    .array(z.strictObject({ name: z.string(), users: z.array(z.string()).min(1), count: z.int().positive() }))
    .optional(),
  files: z
    .array(
      z.object({ id: z.string(), name: z.string(), filetype: z.string(), mimetype: z.string(), url_private: z.url() }),
    )
    .optional(),
  upload: z.boolean().optional(),
  root: z.object({ ts: slackTs, thread_ts: slackTs }).optional(),
});

const userSchema = z.object({
  id: z.string(),
  team_id: z.literal('T0SAMPLE01'),
  deleted: z.boolean(),
  is_bot: z.boolean(),
  is_restricted: z.boolean().default(false),
  profile: z.object({ real_name: z.string().min(1), display_name: z.string(), bot_id: z.string().optional() }),
});

const topicSchema = z.object({ value: z.string() });

const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  created: z.int(),
  creator: z.string(),
  members: z.array(z.string()).min(1),
  is_archived: z.boolean(),
  is_general: z.boolean(),
  topic: topicSchema,
  purpose: topicSchema,
});

const directSchema = z.object({ id: z.string(), created: z.int(), members: z.array(z.string()).length(2) });

const questionsSchema = z.strictObject({
  questions: z.array(
    z.strictObject({
      text: z.string(),
      answeredBy: z.array(z.string()).min(1),
      mustContain: z.array(z.string()).min(1),
      supersedes: z.array(z.string()).optional(),
    }),
  ),
  unanswerable: z.array(z.strictObject({ text: z.string(), why: z.string() })),
});

export type SampleMessage = z.infer<typeof messageSchema>;

/** One channel, group or direct message: who is in it, and its day files in order. */
export interface SampleRoom {
  readonly id: string;
  readonly folder: string;
  readonly members: readonly string[];
  readonly days: readonly { readonly day: string; readonly messages: readonly SampleMessage[] }[];
  readonly messages: readonly SampleMessage[];
}

export interface SampleDocument {
  readonly file: string;
  readonly text: string;
  readonly url: string | undefined;
  readonly title: string | undefined;
  readonly updated: string | undefined;
}

function parsed<T>(schema: z.ZodType<T>, ...path: string[]): T {
  return schema.parse(JSON.parse(readFileSync(join(sampleDir, ...path), 'utf8')));
}

function room(folder: string, id: string, members: readonly string[]): SampleRoom {
  const days = readdirSync(join(sampleDir, 'export', folder))
    .sort()
    .map((file) => ({
      day: file.replace(/\.json$/, ''),
      messages: parsed(z.array(messageSchema).min(1), 'export', folder, file),
    }));
  return { id, folder, members, days, messages: days.flatMap((day) => day.messages) };
}

function sampleDocument(file: string): SampleDocument {
  const text = readFileSync(join(sampleDir, 'documents', file), 'utf8');
  const first = (inMarkdown: RegExp, inHtml: RegExp) => text.match(file.endsWith('.md') ? inMarkdown : inHtml)?.[1];
  return {
    file,
    text,
    url: first(/^url: (\S+)$/m, /<link rel="canonical" href="([^"]+)">/),
    title: first(/^title: "?(.+?)"?$/m, /<title>(.+)<\/title>/),
    updated: first(/^updated: (\S+)$/m, /article:modified_time" content="(\d{4}-\d{2}-\d{2})/),
  };
}

/** Reads the sample space with as little code as possible, and nothing of the product's own, so that each checks the other. */
export function readSample() {
  const channels = parsed(z.array(channelSchema), 'export', 'channels.json');
  const groups = parsed(z.array(channelSchema), 'export', 'groups.json');
  const directs = parsed(z.array(directSchema), 'export', 'dms.json');
  return {
    users: parsed(z.array(userSchema), 'export', 'users.json'),
    channels,
    folders: readdirSync(join(sampleDir, 'export')).filter((name) =>
      statSync(join(sampleDir, 'export', name)).isDirectory(),
    ),
    publicRooms: channels.map((channel) => room(channel.name, channel.id, channel.members)),
    privateRooms: [
      ...groups.map((group) => room(group.name, group.id, group.members)),
      ...directs.map((direct) => room(direct.id, direct.id, direct.members)),
    ],
    documents: readdirSync(join(sampleDir, 'documents')).map(sampleDocument),
    ...parsed(questionsSchema, 'questions.json'),
  };
}
