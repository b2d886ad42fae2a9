import type { ArchiveEntry } from './Archive.ts';
import { byPath } from './archivePath.ts';
import { channelLists, dayFile } from './detect.ts';
import type { ImportJob } from './ImportJob.ts';

export const peopleLists = ['users.json', 'org_users.json'] as const;

export interface SlackFiles {
  /** users.json, channels.json …, by name. */
  readonly lists: ReadonlyMap<string, ArchiveEntry>;
  readonly days: readonly ArchiveEntry[];
  /** The days of a channel's folder in order; empty when they were taken before. */
  takeDays(folder: string): ArchiveEntry[];
  /** What nobody took, by folder. */
  untaken(): ReadonlyMap<string, readonly ArchiveEntry[]>;
}

/** Sorts the files of an export by what they are for, and tells those that are for nothing here. */
export function sortSlackFiles({ listing, root, skipped }: ImportJob): SlackFiles {
  const lists = new Map<string, ArchiveEntry>();
  const folders = new Map<string, ArchiveEntry[]>();
  for (const entry of listing.entries) {
    if (!entry.path.startsWith(root)) {
      skipped.add('not part of the export', entry.path);
      continue;
    }
    const parts = entry.path.slice(root.length).split('/');
    const [first = '', second] = parts;
    if (second === undefined) {
      if (peopleLists.some((list) => list === first) || channelLists.some((list) => list === first))
        lists.set(first, entry);
      else skipped.add('holds no messages', entry.path);
    } else if (parts.length === 2 && dayFile.test(second)) {
      // A Mac unpacks names in decomposed letters, the lists have composed ones.
      const folder = first.normalize('NFC');
      folders.set(folder, [...(folders.get(folder) ?? []), entry]);
    } else skipped.add('not a day of messages', entry.path);
  }
  return {
    lists,
    days: [...folders.values()].flat().sort(byPath),
    takeDays(folder) {
      const days = folders.get(folder) ?? [];
      folders.delete(folder);
      return days.sort(byPath);
    },
    untaken: () => folders,
  };
}
