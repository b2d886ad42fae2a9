import { channelKind } from '../../platforms/discord/channelKind.ts';
import { type ExportedHead, exportedHeadSchema } from '../../platforms/discord/exportedMessage.ts';
import { channelLink } from '../../platforms/discord/permalink.ts';
import type { Archive, ArchiveEntry } from './Archive.ts';
import { createObjectSplitter, type ObjectSplitter } from './splitJsonObject.ts';

/** A file of an export: one channel, thread or direct conversation, or a part of one. */
export interface DiscordFile {
  readonly entry: ArchiveEntry;
  readonly head: ExportedHead;
}

/** What becomes one source: a channel with its open threads, a private thread, or a direct conversation. */
export interface DiscordSource {
  readonly key: string;
  readonly name: string;
  readonly url: string;
  /** Whether it stands in the server's list of channels, so that it may be open to everybody there. */
  readonly isListed: boolean;
  /** In the order in which they were exported, so that what is newest counts in the end. */
  readonly files: readonly DiscordFile[];
}

const limits = { maxElementBytes: 8 * 1024 ** 2, maxMemberBytes: 256 * 1024 };
const maxHeadBytes = 512 * 1024;

/** Cuts a file of an export into its messages. */
export function messageSplitter(): ObjectSplitter {
  return createObjectSplitter('messages', limits);
}

/** Looks at the beginning of each JSON file. What cannot be read is none: it is told when it is read as something else. */
export async function findDiscordFiles(archive: Archive, entries: readonly ArchiveEntry[]): Promise<DiscordFile[]> {
  const files: DiscordFile[] = [];
  for (const entry of entries) {
    if (!/\.json$/i.test(entry.path)) continue;
    const head = await readHead(archive, entry.path).catch(() => undefined);
    if (head) files.push({ entry, head });
  }
  return files;
}

async function readHead(archive: Archive, path: string): Promise<ExportedHead | undefined> {
  const splitter = messageSplitter();
  let bytes = 0;
  for await (const chunk of archive.read(path)) {
    // Not the whole chunk: the messages in it are for later.
    for (let from = 0; from < chunk.length && !splitter.hasList(); from += 4_096) {
      const isFaulty = splitter.push(chunk.subarray(from, from + 4_096)).some(({ kind }) => kind === 'fault');
      if (isFaulty) return undefined;
    }
    bytes += chunk.length;
    if (splitter.hasList() || bytes > maxHeadBytes) break;
  }
  const head = exportedHeadSchema.safeParse(splitter.members());
  return splitter.hasList() && head.success ? head.data : undefined;
}

/** Gathers the files by what they are parts of. Who is said to be more private in one of them is so in all. */
export function discordSources(files: readonly DiscordFile[]): DiscordSource[] {
  const groups = new Map<string, DiscordFile[]>();
  for (const file of files) {
    const key = sourceKey(file.head);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, group]) => {
    const ordered = group.toSorted(byExport);
    const own = ordered.findLast(({ head }) => head.channel.id === key);
    const guildId = ordered[0]?.head.guild.id ?? '0';
    const kinds = ordered.map(({ head }) => kindOf(head));
    return {
      key,
      name: own ? nameOf(own.head) : `#${ordered[0]?.head.channel.category || key}`,
      url: channelLink(guildId, key),
      isListed: kinds.every((kind) => kind === 'channel' || kind === 'thread'),
      files: ordered,
    };
  });
}

const kindOf = ({ guild, channel }: ExportedHead) => channelKind(channel.type, guild.id);

/** An open thread stands in its channel, for the same readers; everything else stands for itself. */
function sourceKey(head: ExportedHead): string {
  return (kindOf(head) === 'thread' && head.channel.categoryId) || head.channel.id;
}

export function isThread(head: ExportedHead): boolean {
  return kindOf(head) === 'thread' || kindOf(head) === 'private thread';
}

function nameOf(head: ExportedHead): string {
  const { id, name, category } = head.channel;
  const given = name.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 200) || id;
  if (kindOf(head) === 'direct') return given.replace(/(^|, )(?=[^@])/g, '$1@');
  return isThread(head) && category ? `#${category}: ${given}` : `#${given}`;
}

function byExport(a: DiscordFile, b: DiscordFile): number {
  const at = ({ head }: DiscordFile) => Date.parse(head.exportedAt ?? '') || 0;
  return at(a) - at(b) || (a.entry.path < b.entry.path ? -1 : 1);
}
