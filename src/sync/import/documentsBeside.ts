import type { ArchiveEntry } from './Archive.ts';
import type { DiscordFile } from './discordFiles.ts';
import type { SkipLog } from './SkipLog.ts';

/** What DiscordChatExporter downloads: into `NAME.json_Files`, or, wherever it lies, with five digits of a hash. */
const DOWNLOADED = /(?:^|\/)[^/]*_Files\/|-[0-9A-F]{5}(?:\.[^./]*)?$/;

/**
 * The documents that somebody put beside an export into one archive. Not what was attached to messages: that was for
 * the readers of those messages, and documents are for everybody in the space.
 */
export function documentsBeside(
  entries: readonly ArchiveEntry[],
  files: readonly DiscordFile[],
  canRead: (path: string) => boolean,
  skipped: SkipLog,
): ArchiveEntry[] {
  const exported = new Set(files.map(({ entry }) => entry.path));
  return entries.filter(({ path }) => {
    if (exported.has(path)) return false;
    if (DOWNLOADED.test(path)) skipped.add('downloaded with a message, which may have fewer readers', path);
    else if (canRead(path)) return true;
    else skipped.add('not part of the export', path);
    return false;
  });
}
