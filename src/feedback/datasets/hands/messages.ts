import type { AnswerRange } from '../../../store/preferenceRows.ts';
import type { Part } from '../gather/Part.ts';
import type { Written } from '../lines/createLines.ts';
import type { Said } from '../lines/Line.ts';
import type { HandOrder } from './Hand.ts';

/** What a thread is given when it begins. */
export interface HandData {
  readonly databaseFile: string;
  readonly pseudonymKey: string;
}

/** `begin` and `rest` stand around the pieces of one dataset, and are not answered. */
export type HandMessage =
  | { readonly kind: 'begin'; readonly order: HandOrder }
  | { readonly kind: 'rest' }
  | HandRequest;

export type HandRequest =
  | { readonly n: number; readonly kind: 'gather'; readonly range: AnswerRange }
  | { readonly n: number; readonly kind: 'compare'; readonly pairs: readonly (readonly [Said, Said])[] }
  /** `lines` as `packLines` makes them; to be written into this memory. */
  | { readonly n: number; readonly kind: 'write'; readonly lines: string; readonly memory: ArrayBuffer };

export type HandReply =
  | { readonly n: number; readonly made: Part | boolean[] | Written | undefined }
  | { readonly n: number; readonly error: string };
