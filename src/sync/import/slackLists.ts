import { BackscrollError } from '../../base/BackscrollError.ts';
import type { ArchiveEntry } from './Archive.ts';
import { channelLists } from './detect.ts';
import type { ImportJob } from './ImportJob.ts';
import { type Progress, stopIfCancelled } from './Progress.ts';
import { readJsonArray } from './readJsonArray.ts';
import { printable } from './SkipLog.ts';
import { readSlackChannel, type SlackChannel } from './slackChannels.ts';
import { peopleLists } from './slackFiles.ts';
import { createSlackPeople, type SlackPeople } from './slackPeople.ts';

type Lists = ReadonlyMap<string, ArchiveEntry>;

// A channel of 100,000 members is an element of two megabytes.
const maxElementBytes = 32 * 1024 ** 2;

/** Reads the people of an export. Without a list of them messages keep the ids of their authors. */
export async function readSlackPeople(job: ImportJob, lists: Lists, progress: Progress): Promise<SlackPeople> {
  const people = createSlackPeople();
  for (const list of peopleLists) {
    for await (const raw of readList(job, lists.get(list), progress)) {
      if (!people.add(raw)) job.skipped.add('not a person, in a list of people', list);
    }
  }
  return people;
}

/**
 * Reads every channel of the four lists, the public ones last: a folder that two of them claim goes to fewer readers.
 * @throws BackscrollError `input` if there is none
 */
export async function readSlackChannels(
  job: ImportJob,
  lists: Lists,
  people: SlackPeople,
  progress: Progress,
): Promise<SlackChannel[]> {
  const channels = new Map<string, SlackChannel>();
  for (const list of channelLists) {
    for await (const raw of readList(job, lists.get(list), progress)) {
      const channel = readSlackChannel(raw, list, people.nameOf);
      if (!channel) job.skipped.add('not a channel, in a list of channels', list);
      else if (channels.get(channel.id)?.audience.kind !== 'members') channels.set(channel.id, channel);
    }
  }
  if (channels.size === 0) {
    throw new BackscrollError(
      'input',
      `${printable(job.archive.origin.label)} looks like a Slack export, but no list of channels in it can be read ` +
        `(${channelLists.join(', ')}): export it again.`,
    );
  }
  const rank = ({ audience }: SlackChannel) => (audience.kind === 'members' ? 0 : 1);
  return [...channels.values()].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

async function* readList(job: ImportJob, entry: ArchiveEntry | undefined, progress: Progress): AsyncGenerator<unknown> {
  if (!entry) return;
  stopIfCancelled(job.signal);
  yield* flatten(
    readJsonArray({
      archive: job.archive,
      path: entry.path,
      skipped: job.skipped,
      maxElementBytes,
      advance: progress.advance,
    }),
  );
}

async function* flatten(groups: AsyncIterable<unknown[]>): AsyncGenerator<unknown> {
  for await (const group of groups) yield* group;
}
