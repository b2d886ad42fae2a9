import type { Database } from './database.ts';

/** What of a trace outlives it: how an answer came about, so that a vote on it can be understood later. */
interface ServedTrace {
  readonly language?: string;
  readonly reader?: unknown;
  readonly embedder?: string;
  readonly passages?: readonly { readonly passageId: number; readonly n?: number }[];
  readonly answerer?: string;
  readonly model?: string;
  readonly promptVersion?: string;
  readonly settings?: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cost?: number;
  readonly history?: { readonly turns: number; readonly hash: string };
}

/**
 * Keeps what exactly was served, within the caller's transaction: prompt version, model, settings, cost, and the
 * versions of the passages that were offered by their numbers. With the question and the answer, which stand beside it,
 * the prompt can be made again; what was said before in the thread is kept as a hash, since those words are others'.
 * @param body the trace as JSON, written by us
 */
export function putServed(db: Database, answerId: string, body: string): void {
  const trace = JSON.parse(body) as ServedTrace;
  db.run(
    `INSERT INTO served VALUES (?, 'asked', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
    answerId,
    trace.reader === undefined ? null : JSON.stringify(trace.reader),
    trace.language ?? null,
    trace.answerer ?? 'none',
    trace.model ?? null,
    trace.promptVersion ?? null,
    trace.settings ?? null,
    trace.embedder ?? null,
    trace.inputTokens ?? null,
    trace.outputTokens ?? null,
    trace.cost ?? null,
    trace.history?.turns ?? 0,
    trace.history?.hash ?? null,
  );
  for (const { passageId, n } of trace.passages ?? []) {
    if (n !== undefined) db.run('INSERT OR IGNORE INTO served_passages VALUES (?, ?, ?)', answerId, n, passageId);
  }
}

/** The settings that answers were made under, by their hash. */
export type KeepSettings = (hash: string, body: string) => void;

export function createKeepSettings(db: Database): KeepSettings {
  return (hash, body) => {
    db.run('INSERT INTO served_settings VALUES (?, ?) ON CONFLICT DO NOTHING', hash, body);
  };
}
