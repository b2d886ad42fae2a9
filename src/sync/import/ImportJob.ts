import type { Ingest } from '../../knowledge/ingest/Ingest.ts';
import type { Archive, ArchiveListing } from './Archive.ts';
import type { ImportProgress } from './Progress.ts';
import type { SkipLog } from './SkipLog.ts';

/** Finds the space that people call by a name, if there is one. */
export type ResolveSpace = (name: string) => Promise<{ readonly id: string; readonly platform: string } | undefined>;

/** What every kind of import works with. */
export interface ImportJob {
  readonly archive: Archive;
  readonly listing: ArchiveListing;
  /** What stands before the paths that are meant: empty, or `folder/`. */
  readonly root: string;
  readonly spaceName: string;
  readonly resolveSpace: ResolveSpace;
  readonly ingest: Ingest;
  readonly skipped: SkipLog;
  readonly report: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
}
