import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Changes, Ingest, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import { type ArchiveLimits, archiveLimits } from './Archive.ts';
import { noChanges } from './addChanges.ts';
import { detect } from './detect.ts';
import { importFolder } from './folder.ts';
import type { ImportJob, ResolveSpace } from './ImportJob.ts';
import { openArchive } from './openArchive.ts';
import type { PageReading } from './PageReading.ts';
import { type ImportProgress, stopIfCancelled } from './Progress.ts';
import { createSkipLog, type Skipped } from './SkipLog.ts';
import { importSlackExport } from './slackExport.ts';
import { slugOf } from './spaceName.ts';

export interface ImportOrder {
  readonly path: string;
  readonly spaceName: string;
  readonly ingest: Ingest;
  readonly resolveSpace: ResolveSpace;
  readonly reading: PageReading;
  readonly report?: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
  /** For documents: where the folder can be read on the web. */
  readonly baseUrl?: string;
  /** For documents: the identity of the folder, if its name is not one. */
  readonly sourceKey?: string;
  /** For exports: take in what bots said. */
  readonly includeBots?: boolean;
  /** For documents: what is longer is left out unread; 20 MiB by default, as readers have it. */
  readonly maxDocumentBytes?: number;
  readonly limits?: ArchiveLimits;
}

export interface ImportReport {
  readonly kind: 'slack' | 'documents';
  /** What the path was understood to be, for people. */
  readonly sentence: string;
  readonly space: SpaceFacts;
  readonly sources: number;
  readonly messages: Changes;
  readonly pages: Changes;
  /** What was left out and why, the most frequent first. */
  readonly skipped: readonly Skipped[];
}

/**
 * Takes in whatever is at a path: a Slack export or documents, as folder, zip or single file. It hands everything to
 * `ingest` and does not settle it. Running it again costs nothing for what has not changed, and goes on where a run was
 * stopped or killed.
 *
 * @throws BackscrollError `usage` or `input` if the path or the name cannot be used, before anything is taken in;
 * `cancelled` when the signal says so; what `ingest` throws
 */
export async function runImport(order: ImportOrder): Promise<ImportReport> {
  slugOf(order.spaceName);
  const { spaceName, ingest, resolveSpace, signal, reading } = order;
  const report = order.report ?? (() => {});
  const skipped = createSkipLog();
  stopIfCancelled(signal);
  const archive = await openArchive(order.path, skipped, order.limits ?? archiveLimits);
  try {
    const listing = await archive.list();
    const detected = detect(archive.origin, listing.entries, reading.canRead);
    if (detected.kind === 'unknown') throw new BackscrollError('input', detected.sentence);
    const { kind, sentence, root } = detected;
    const job: ImportJob = { archive, listing, root, spaceName, resolveSpace, ingest, skipped, report, signal };
    const nothing = { messages: noChanges, pages: noChanges };
    const imported =
      kind === 'slack'
        ? await importSlackExport(job, { includeBots: order.includeBots ?? false })
        : await importFolder(job, reading, {
            ...(order.baseUrl === undefined ? {} : { baseUrl: order.baseUrl }),
            ...(order.maxDocumentBytes === undefined ? {} : { maxDocumentBytes: order.maxDocumentBytes }),
            ...(order.sourceKey === undefined ? {} : { sourceKey: order.sourceKey }),
          });
    return { kind, sentence, ...nothing, ...imported, skipped: skipped.list() };
  } finally {
    await archive.close();
  }
}
