/** Where an archive comes from: what its citations and its sentences name. */
export interface ArchiveOrigin {
  readonly kind: 'folder' | 'zip' | 'file';
  /** The real path on this machine, all links followed. */
  readonly path: string;
  /** What sentences call it: the path, or `standard input`. */
  readonly label: string;
  /** The name of the folder, of the zip without `.zip`, or of the single file. */
  readonly name: string;
}

export interface ArchiveEntry {
  /** Relative, with `/`, without `.`, `..` or anything hidden. */
  readonly path: string;
  /** Unpacked. */
  readonly sizeBytes: number;
  /** When it was changed last, where that is known: milliseconds since 1970. */
  readonly modifiedMs?: number;
}

export interface ArchiveListing {
  readonly entries: readonly ArchiveEntry[];
  /** False if a part could not be listed: what is missing here may then still be there. */
  readonly isWhole: boolean;
}

/**
 * Files that somebody brought, in a folder, a zip or alone. Nothing is ever unpacked to disk.
 * An implementation owes: only plain files below its root are listed (no link is followed, nothing hidden, no name that
 * leaves the root), in the order of their paths; `read` gives the bytes of a listed entry in pieces, never more than its
 * `sizeBytes` from a zip, and throws BackscrollError `input` when they cannot be read to the end; `close` is idempotent.
 */
export interface Archive {
  readonly origin: ArchiveOrigin;
  list(): Promise<ArchiveListing>;
  read(path: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface ArchiveLimits {
  readonly maxEntries: number;
  /** A whole zip, unpacked. */
  readonly maxTotalBytes: number;
  /** How many times larger a zip's entry may become once it is over `minBombBytes`. JSON reaches 20 to 60. */
  readonly maxRatio: number;
  readonly minBombBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  maxEntries: 500_000,
  maxTotalBytes: 256 * 1024 ** 3,
  maxRatio: 200,
  minBombBytes: 16 * 1024 ** 2,
};
