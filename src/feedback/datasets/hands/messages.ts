import type { AnswerRange } from '../../../store/preferenceRows.ts';
import type { Part } from '../gather/Part.ts';
import type { Counts } from '../lines/createWording.ts';
import type { HandOrder } from './Hand.ts';

/** What a thread is given when it begins. */
export interface HandData {
  readonly databaseFile: string;
  readonly pseudonymKey: string;
  readonly order: HandOrder;
  /** Memory of both threads, for the lines of pieces: `PIECE_BYTES` for each slot. */
  readonly slots: SharedArrayBuffer;
}

export type HandRequest =
  | { readonly n: number; readonly kind: 'gather'; readonly range: AnswerRange }
  /** `lines` as `packLines` makes them; to be written into this slot. */
  | { readonly n: number; readonly kind: 'write'; readonly lines: string; readonly slot: number };

/** What stands in the slot, or by itself when it had no room there. */
export interface SentLines {
  readonly bytes: number | Uint8Array;
  readonly replaced: Counts;
}

export type HandReply =
  | { readonly n: number; readonly made: Part | SentLines | undefined }
  | { readonly n: number; readonly error: string };
