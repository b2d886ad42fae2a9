import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Changes, SourceFacts, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import { channelPermalink } from '../../platforms/slack/permalink.ts';
import { readSlackMessage } from '../../platforms/slack/readMessage.ts';
import type { SkipReason, SlackContext, SlackMessage } from '../../platforms/slack/SlackMessage.ts';
import type { ArchiveEntry } from './Archive.ts';
import { addChanges, noChanges } from './addChanges.ts';
import type { ImportJob } from './ImportJob.ts';
import { createProgress, type Progress, stopIfCancelled, sumBytes } from './Progress.ts';
import { readJsonArray } from './readJsonArray.ts';
import { printable } from './SkipLog.ts';
import { sortSlackFiles } from './slackFiles.ts';
import { readSlackChannels, readSlackPeople } from './slackLists.ts';
import { findWorkspace } from './slackWorkspace.ts';
import { slugOf } from './spaceName.ts';

export interface SlackImportOptions {
  /** Take in what bots said as well. */
  readonly includeBots?: boolean;
  /** As the workspace itself told it: links must be the same, whether a message was imported or heard. */
  readonly domainOf?: (teamId: string) => string | undefined;
  /** The source of a channel whose readers Slack itself has told: an export, which is older, does not change them. */
  readonly liveSource?: (teamId: string, channelId: string) => number | undefined;
}

export interface ImportedMessages {
  readonly space: SpaceFacts;
  readonly sources: number;
  readonly messages: Changes;
}

const batchSize = 1_000;
const maxElementBytes = 4 * 1024 ** 2;

const reasons: Record<SkipReason, string> = {
  unreadable: 'not a Slack message',
  notice: 'a notice of Slack (joined, topic, pinned …)',
  bot: 'said by a bot',
  hidden: 'hidden in Slack',
  deleted: 'deleted in Slack',
  empty: 'a message without text and files',
};

/**
 * Takes in a Slack export: users.json, the lists of channels, and a folder of days for each channel
 * (https://slack.com/help/articles/220556107). Memory is that of one batch, whatever the size of the export. Messages
 * that are not in it are not taken for deleted, since an export may be of some weeks only; those that it shows as
 * deleted lose their text.
 *
 * @throws BackscrollError `input` without a readable list of channels, `usage` if the name stands for another space,
 * `cancelled` between two batches
 */
export async function importSlackExport(job: ImportJob, options: SlackImportOptions = {}): Promise<ImportedMessages> {
  const files = sortSlackFiles(job);
  const peopleProgress = createProgress('people', sumBytes(files.lists.values()), job.report);
  const people = await readSlackPeople(job, files.lists, peopleProgress);
  const channels = await readSlackChannels(job, files.lists, people, peopleProgress);
  peopleProgress.finish();

  const workspace = withDomain(await findWorkspace(job, files.days, people.teamId()), options.domainOf);
  stopIfCancelled(job.signal);
  const space = await findSpace(job, workspace.teamId);
  await job.ingest.space(space, people.list());

  const progress = createProgress('messages', sumBytes(files.days), job.report);
  let messages = noChanges;
  for (const channel of channels) {
    stopIfCancelled(job.signal);
    const context: SlackContext = {
      channelId: channel.id,
      ...workspace,
      isBot: people.isBot,
      includeBots: options.includeBots ?? false,
    };
    const facts: SourceFacts = {
      spaceId: space.id,
      kind: 'channel',
      key: channel.id,
      name: channel.name,
      url: channelPermalink(context),
      audience: channel.audience,
    };
    const live = workspace.teamId === undefined ? undefined : options.liveSource?.(workspace.teamId, channel.id);
    const source = live ?? (await job.ingest.source(facts));
    const days = channel.folders.flatMap((folder) => files.takeDays(folder));
    messages = addChanges(messages, await importDays(job, source, days, context, progress));
  }
  for (const [folder, days] of files.untaken()) {
    job.skipped.add('a folder of no channel that the export lists', folder, days.length);
  }
  progress.finish();
  return { space, sources: channels.length, messages };
}

function withDomain<T extends { readonly teamId?: string }>(
  found: T,
  domainOf: SlackImportOptions['domainOf'],
): T & { readonly domain?: string } {
  const domain = found.teamId === undefined ? undefined : domainOf?.(found.teamId);
  return domain === undefined ? found : { ...found, domain };
}

async function importDays(
  job: ImportJob,
  source: number,
  days: readonly ArchiveEntry[],
  context: SlackContext,
  progress: Progress,
): Promise<Changes> {
  let changes = noChanges;
  // By id, so that of two versions of a message in one batch the later one counts.
  let batch = new Map<string, SlackMessage>();
  const flush = async () => {
    stopIfCancelled(job.signal);
    if (batch.size === 0) return;
    const messages = [...batch.values()];
    batch = new Map();
    changes = addChanges(changes, await job.ingest.messages(source, messages));
  };
  for (const { path } of days) {
    const reading = { archive: job.archive, path, skipped: job.skipped, maxElementBytes, advance: progress.advance };
    for await (const raws of readJsonArray(reading)) {
      for (const raw of raws) {
        const read = readSlackMessage(raw, context);
        const message = 'skipped' in read ? read.emptied : read;
        if ('skipped' in read) job.skipped.add(reasons[read.skipped], path);
        if (message) batch.set(message.id, message);
        if (batch.size >= batchSize) await flush();
      }
    }
  }
  await flush();
  return changes;
}

/**
 * A workspace is its team id, so that an export and the live workspace are one space. Exports without any (made from
 * very old ones, or by other tools) fall back to the Slack space that already has the name, or to an id made from the
 * name, with a `~` that no team id can have.
 */
async function findSpace(job: ImportJob, teamId: string | undefined): Promise<SpaceFacts> {
  const name = job.spaceName.trim();
  const slug = slugOf(name);
  const known = await job.resolveSpace(name);
  const fallback = known?.platform === 'slack' ? known.id : `slack:~${slug}`;
  const id = teamId === undefined ? fallback : `slack:${teamId}`;
  if (known && known.id !== id) {
    throw new BackscrollError(
      'usage',
      `The name ${printable(name)} already stands for another space (${known.id}), and this export is of ${id}. ` +
        'Give another name with --space.',
    );
  }
  return { id, platform: 'slack', name };
}
