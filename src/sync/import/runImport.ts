import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Changes, Ingest, SpaceFacts } from '../../knowledge/ingest/Ingest.ts';
import { type ArchiveLimits, archiveLimits } from './Archive.ts';
import { noChanges } from './addChanges.ts';
import { detect } from './detect.ts';
import { type ChannelAudience, importDiscordExport } from './discordExport.ts';
import { findDiscordFiles } from './discordFiles.ts';
import { documentsBeside } from './documentsBeside.ts';
import { type FolderImportOptions, importFolder } from './folder.ts';
import { inputName } from './fromInput.ts';
import type { ResolveSpace } from './ImportJob.ts';
import { openArchive } from './openArchive.ts';
import type { PageReading } from './PageReading.ts';
import { type ImportProgress, stopIfCancelled } from './Progress.ts';
import { createSkipLog, printable, type Skipped } from './SkipLog.ts';
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
  /** For Discord exports: who may read channels, which the export does not say. */
  readonly audience?: ChannelAudience;
  /** What is at `path` came by standard input, under this name if one was given. */
  readonly input?: { readonly name?: string };
  /** For documents: what is longer is left out unread; 20 MiB by default, as readers have it. */
  readonly maxDocumentBytes?: number;
  readonly limits?: ArchiveLimits;
  /** The domain of a Slack workspace's links, where it is known from the workspace itself. */
  readonly domainOf?: (teamId: string) => string | undefined;
  /** The source of a channel of Slack whose readers Slack itself has told. */
  readonly liveSource?: (teamId: string, channelId: string) => number | undefined;
}

export interface ImportReport {
  readonly kind: 'slack' | 'discord' | 'documents';
  /** What the path was understood to be, for people. */
  readonly sentence: string;
  readonly space: SpaceFacts;
  readonly sources: number;
  readonly messages: Changes;
  readonly pages: Changes;
  /** Sentences that the person who imports should read: who will be able to read it, and the like. */
  readonly notes: readonly string[];
  /** What was left out and why, the most frequent first. */
  readonly skipped: readonly Skipped[];
}

/**
 * Takes in whatever is at a path: a Slack or Discord export or documents, as folder, zip or single file. It hands
 * everything to `ingest` and does not settle it. Running it again costs nothing for what has not changed, and goes on
 * where a run was stopped or killed.
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
  const archive = await openArchive(order.path, skipped, order.limits ?? archiveLimits, order.input && inputName);
  const include = { includeBots: order.includeBots ?? false };
  try {
    const listing = await archive.list();
    const detected = detect(archive.origin, listing.entries, reading.canRead);
    const job = { archive, listing, root: '', spaceName, resolveSpace, ingest, skipped, report, signal };
    const nothing = { messages: noChanges, pages: noChanges, notes: [] };
    const done = () => ({ skipped: skipped.list() });
    if (detected.kind === 'slack') {
      refuseAudience(order, 'A Slack export says itself who may read a channel');
      const { kind, sentence, root } = detected;
      return { kind, sentence, ...nothing, ...(await importSlackExport({ ...job, root }, include)), ...done() };
    }
    const files = await findDiscordFiles(archive, listing.entries);
    if (files.length > 0) {
      const audience = order.audience === undefined ? {} : { audience: order.audience };
      const imported = await importDiscordExport(job, files, { ...include, ...audience });
      const entries = documentsBeside(listing.entries, files, reading.canRead, skipped);
      const beside = { ...job, listing: { ...listing, entries } };
      const options = { ...folderOptions(order), space: imported.space };
      const pages = entries.length === 0 ? undefined : await importFolder(beside, reading, options);
      const what = files.length === 1 ? 'one file' : `${files.length} files`;
      const sentence = `${printable(archive.origin.label)} is a Discord export: ${what} of ${printable(files[0]?.head.guild.name ?? '')}.`;
      const sources = imported.sources + (pages?.sources ?? 0);
      return { kind: 'discord', sentence, ...nothing, ...imported, ...pages, sources, ...done() };
    }
    if (detected.kind === 'unknown') throw new BackscrollError('input', detected.sentence);
    refuseAudience(order, 'Documents can be read by everybody in their space');
    const { kind, sentence, root } = detected;
    return {
      kind,
      sentence,
      ...nothing,
      ...(await importFolder({ ...job, root }, reading, folderOptions(order))),
      ...done(),
    };
  } finally {
    await archive.close();
  }
}

function folderOptions(order: ImportOrder): FolderImportOptions {
  const { baseUrl, maxDocumentBytes, sourceKey, input } = order;
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(maxDocumentBytes === undefined ? {} : { maxDocumentBytes }),
    ...(sourceKey === undefined ? {} : { sourceKey }),
    ...(input === undefined ? {} : { input }),
  };
}

function refuseAudience({ audience }: ImportOrder, why: string): void {
  if (audience === undefined) return;
  throw new BackscrollError('usage', `--audience is for Discord exports. ${why}: leave it out.`);
}
