/**
 * A piece of a document before it is stored as a passage. `key` names it by what it begins with (a message id; a
 * heading path and the hash of its first words), never by an ordinal, so that an insertion above leaves it alone.
 * Keys are unique within a document.
 */
export interface Piece {
  readonly key: string;
  /** Markdown, people as `<@ID>`, channels as `<#ID>`. In a conversation each turn is a line `<@ID>: text`. */
  readonly text: string;
  /** Where it stands: page title and headings, outermost first. Empty for conversations. */
  readonly titlePath: readonly string[];
  /** The fragment that leads to its place in the page (`install-on-linux`), without `#`. */
  readonly anchor?: string;
  /** In o200k tokens. */
  readonly tokens: number;
  /** Conversations only: the messages it quotes, in order, and who spoke. */
  readonly messageIds: readonly string[];
  readonly personIds: readonly string[];
  /** Conversations only: when its first and last message were said, in microseconds since 1970. */
  readonly fromUs?: number;
  readonly toUs?: number;
}

/** How large pieces may be, in tokens; `target` is aimed at, `max` is never exceeded, `overlap` is repeated. */
export interface PieceSize {
  readonly target: number;
  readonly max: number;
  readonly overlap: number;
}
