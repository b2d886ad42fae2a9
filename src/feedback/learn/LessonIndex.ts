import type { Home, Lesson } from './Lesson.ts';

/** A lesson as it is to be found: with the passages that its answer was offered, whose links it may name. */
export interface LessonDraft extends Lesson {
  readonly answerId: string;
  readonly questionId: string;
  readonly language: string | undefined;
  /** Names the document in its source. */
  readonly key: string;
  readonly evidence: readonly { readonly text: string; readonly url: string }[];
}

/**
 * Where lessons can be found by who asks; the knowledge room's ingest stands behind it.
 * An implementation owes: each call can be repeated; what people wrote is data: no link but those of the evidence, no
 * mention, no markup of another document survives in it.
 */
export interface LessonIndex {
  /**
   * The source of a home, and the audiences that a reader must have besides its own; undefined when there is no such
   * place any more.
   */
  source(home: Home): Promise<{ readonly sourceId: number; readonly audienceIds: readonly number[] } | undefined>;
  put(sourceId: number, lesson: LessonDraft): Promise<void>;
  /** `erase`: its words leave the disk, and answers that rested on it lose theirs; else it is only found no more. */
  withdraw(sourceId: number, key: string, options: { readonly erase: boolean }): Promise<void>;
}
