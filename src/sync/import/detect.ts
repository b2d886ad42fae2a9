import type { ArchiveEntry, ArchiveOrigin } from './Archive.ts';
import { printable } from './SkipLog.ts';

export const channelLists = ['channels.json', 'groups.json', 'mpims.json', 'dms.json'] as const;
export const dayFile = /^\d{4}-\d{2}-\d{2}\.json$/;

export type Detected =
  /** `root` is what stands before the export's own paths: empty, or `folder/`. */
  | { readonly kind: 'slack'; readonly root: string; readonly sentence: string }
  | { readonly kind: 'documents'; readonly root: string; readonly sentence: string }
  | { readonly kind: 'unknown'; readonly sentence: string };

/**
 * Says what an archive is, by the names in it.
 * A Slack export has a list of channels and, beside it, users or folders with days, at the top or one folder deep (as a
 * zip of the unpacked folder has it). Otherwise whatever has a file that we can read is a collection of documents.
 */
export function detect(
  origin: ArchiveOrigin,
  entries: readonly ArchiveEntry[],
  canRead: (path: string) => boolean,
): Detected {
  const roots = slackRoots(entries);
  const [root] = roots;
  if (root !== undefined && (roots.length === 1 || root === '')) {
    return { kind: 'slack', root, sentence: `${printable(origin.label)} is a Slack export.` };
  }
  if (roots.length > 1) {
    const folders = roots.map((path) => printable(path.slice(0, -1))).slice(0, 5);
    return {
      kind: 'unknown',
      sentence: `${printable(origin.label)} holds several Slack exports (${folders.join(', ')}): import them one by one, each into its space.`,
    };
  }
  const documents = entries.filter(({ path }) => canRead(path)).length;
  if (documents > 0) {
    const files = documents === 1 ? 'one document' : `${documents} documents`;
    return {
      kind: 'documents',
      root: topFolder(origin, entries),
      sentence: `${printable(origin.label)} holds ${files}.`,
    };
  }
  const seen =
    entries.length === 0 ? 'no files' : `${entries.length} files, such as ${printable(entries[0]?.path ?? '')}`;
  return {
    kind: 'unknown',
    sentence:
      `${printable(origin.label)} holds nothing that can be imported: a Slack export has channels.json and users.json ` +
      'at its top, a Discord export is what DiscordChatExporter writes as JSON, documents are files of Markdown, text, ' +
      `HTML, PDF, Word or CSV (.md, .txt, .html, .pdf, .docx, .csv). Found: ${seen}.`,
  };
}

function slackRoots(entries: readonly ArchiveEntry[]): string[] {
  const lists = new Set<string>();
  const company = new Set<string>();
  for (const { path } of entries) {
    const parts = path.split('/');
    const name = parts.at(-1) ?? '';
    const folder = (depth: number) =>
      parts
        .slice(0, depth)
        .map((part) => `${part}/`)
        .join('');
    if (parts.length <= 2 && channelLists.some((list) => list === name)) lists.add(folder(parts.length - 1));
    if (parts.length <= 2 && name === 'users.json') company.add(folder(parts.length - 1));
    if (parts.length >= 2 && parts.length <= 3 && dayFile.test(name)) company.add(folder(parts.length - 2));
  }
  return [...lists].filter((root) => company.has(root)).sort();
}

/** A zip of a folder has the folder in it; its documents' paths begin below, as they would from the folder itself. */
function topFolder(origin: ArchiveOrigin, entries: readonly ArchiveEntry[]): string {
  if (origin.kind !== 'zip') return '';
  const first = entries[0]?.path ?? '';
  const root = first.slice(0, first.indexOf('/') + 1);
  return entries.every(({ path }) => path.startsWith(root)) ? root : '';
}
