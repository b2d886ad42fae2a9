import type { AudienceFacts, Changes, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import type { DiscordContext, DiscordMessage, SkipReason } from '../../platforms/discord/DiscordMessage.ts';
import { readExportedMessage } from '../../platforms/discord/readMessage.ts';
import { readMovement } from '../../platforms/discord/readMovement.ts';
import { addChanges, noChanges } from './addChanges.ts';
import { type DiscordFile, type DiscordSource, discordSources, isThread, messageSplitter } from './discordFiles.ts';
import { discordNotes } from './discordNotes.ts';
import { findDiscordSpace } from './discordSpace.ts';
import { createExportedPeople, type ExportedPeople } from './exportedPeople.ts';
import type { ImportJob } from './ImportJob.ts';
import { createProgress, type Progress, stopIfCancelled, sumBytes } from './Progress.ts';
import { readJsonArray } from './readJsonArray.ts';
import { createSkipLog } from './SkipLog.ts';

/** Who may read the channels of a server, where the export does not say: everybody in it, or who took part. */
export type ChannelAudience = 'everybody' | 'participants';

export interface DiscordImportOptions {
  /** Take in what bots said as well. */
  readonly includeBots?: boolean;
  /** Said by the person who imports. Without it channels that are new are for everybody, known ones stay as they are. */
  readonly audience?: ChannelAudience;
}

export interface ImportedMessages {
  readonly space: SpaceFacts;
  readonly sources: number;
  readonly messages: Changes;
  /** Sentences that the person who imports should read. */
  readonly notes: readonly string[];
}

const batchSize = 1_000;
const maxElementBytes = 8 * 1024 ** 2;

const reasons: Record<SkipReason, string> = {
  unreadable: 'not a Discord message',
  notice: 'a notice of Discord (joined, pinned, thread begun …)',
  bot: 'said by a bot',
  empty: 'a message without text and files',
};

/**
 * Takes in what DiscordChatExporter wrote as JSON: a file for each channel, thread and direct conversation, or several
 * parts of one. Memory is that of one batch and the people, whatever the size of the export. Messages that are not in it
 * are not taken for deleted, since an export may be of some weeks only.
 *
 * An open thread or forum post belongs to its channel and is one conversation. Private threads and direct conversations
 * are for those who wrote in them or were added, and did not leave. Of channels the export does not say who may read
 * them: see `audience`.
 *
 * @throws BackscrollError `input` for exports of several servers, `usage` if the name stands for another space,
 * `cancelled` between two batches
 */
export async function importDiscordExport(
  job: ImportJob,
  files: readonly DiscordFile[],
  options: DiscordImportOptions = {},
): Promise<ImportedMessages> {
  const space = await findDiscordSpace(job, files);
  const sources = discordSources(files);
  const isOpen = ({ isListed }: DiscordSource) => isListed && options.audience !== 'participants';
  const closed = sources.filter((source) => !isOpen(source)).flatMap((source) => source.files);
  // The closed ones are read twice: who took part has to be known before the first word is stored.
  const bytes = sumBytes(files.map(({ entry }) => entry)) + sumBytes(closed.map(({ entry }) => entry));
  const progress = createProgress('messages', bytes, job.report);
  const people = createExportedPeople(job, space);
  await job.ingest.space(space, []);

  let messages = noChanges;
  // The private ones first, as the import of Slack has it.
  for (const source of sources.toSorted(
    (a, b) => Number(isOpen(a)) - Number(isOpen(b)) || (a.name < b.name ? -1 : 1),
  )) {
    stopIfCancelled(job.signal);
    const audience: AudienceFacts = isOpen(source)
      ? { kind: 'everybody' }
      : { kind: 'members', personIds: await findParticipants(job, source, progress) };
    const { key, name, url } = source;
    const id = await job.ingest.source({
      ...{ spaceId: space.id, kind: 'channel', key, name, url, audience },
      ...(options.audience === undefined ? { isAudienceAssumed: true } : {}),
    });
    for (const file of source.files) {
      messages = addChanges(messages, await importFile(job, id, file, people, progress, options));
    }
  }
  progress.finish();
  return { space, sources: sources.length, messages, notes: discordNotes(sources, options.audience) };
}

async function importFile(
  job: ImportJob,
  source: number,
  file: DiscordFile,
  people: ExportedPeople,
  progress: Progress,
  options: DiscordImportOptions,
): Promise<Changes> {
  const context = contextOf(file, options.includeBots ?? false);
  let changes = noChanges;
  // By id, so that of two versions of a message in one batch the later one counts.
  let batch = new Map<string, DiscordMessage>();
  const flush = async () => {
    stopIfCancelled(job.signal);
    await people.declare();
    if (batch.size === 0) return;
    const messages = [...batch.values()];
    batch = new Map();
    changes = addChanges(changes, await job.ingest.messages(source, messages));
  };
  for await (const raw of rawMessages(job, file, progress)) {
    const { message, people: named } = readExportedMessage(raw, context);
    people.add(named);
    if ('skipped' in message) job.skipped.add(reasons[message.skipped], file.entry.path);
    else batch.set(message.id, message);
    if (batch.size >= batchSize) await flush();
  }
  await flush();
  return changes;
}

/** Who wrote there or was added, and did not leave afterwards. */
async function findParticipants(job: ImportJob, source: DiscordSource, progress: Progress): Promise<string[]> {
  const present = new Set<string>();
  // The same faults are told when the messages are read.
  const quiet = { ...job, skipped: createSkipLog(0) };
  for (const file of source.files) {
    for await (const raw of rawMessages(quiet, file, progress)) {
      const { joined, left } = readMovement(raw);
      for (const id of joined) present.add(id);
      for (const id of left) present.delete(id);
    }
    stopIfCancelled(job.signal);
  }
  return [...present].sort();
}

async function* rawMessages(job: ImportJob, { entry }: DiscordFile, progress: Progress): AsyncGenerator<unknown> {
  const groups = readJsonArray({
    archive: job.archive,
    path: entry.path,
    skipped: job.skipped,
    maxElementBytes,
    splitter: messageSplitter(),
    advance: progress.advance,
  });
  for await (const group of groups) yield* group;
}

function contextOf({ head }: DiscordFile, includeBots: boolean): DiscordContext {
  const { guild, channel } = head;
  const thread = isThread(head) ? { thread: { name: channel.name } } : {};
  return { guildId: guild.id, channelId: channel.id, includeBots, ...thread };
}
