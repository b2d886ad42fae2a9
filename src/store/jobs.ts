import type { Database } from './database.ts';

export interface JobRecord {
  readonly id: number;
  readonly kind: string;
  /** JSON. */
  readonly arguments: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedMs: number;
  readonly endedMs?: number;
  /** JSON: a report or a sentence. */
  readonly outcome?: string;
}

/** Long work that outlives a crash: what was begun and did not end is taken up again by the next owner of the home. */
export interface Jobs {
  begin(kind: string, args: unknown): Promise<number>;
  end(id: number, state: 'done' | 'failed', outcome: unknown): Promise<void>;
  unfinished(kind: string): Promise<JobRecord[]>;
  recent(limit: number): Promise<JobRecord[]>;
}

interface Row extends Omit<JobRecord, 'endedMs' | 'outcome'> {
  endedMs: number | null;
  outcome: string | null;
}

/** @param now milliseconds since 1970 */
export function createJobs(db: Database, now: () => number): Jobs {
  const SELECT = 'SELECT id, kind, arguments, state, started_ms AS startedMs, ended_ms AS endedMs, outcome FROM jobs';
  const record = ({ endedMs, outcome, ...rest }: Row): JobRecord => ({
    ...rest,
    ...(endedMs === null ? {} : { endedMs }),
    ...(outcome === null ? {} : { outcome }),
  });
  return {
    async begin(kind, args) {
      const text = JSON.stringify(args);
      return db.transaction(() => {
        const same = db.get<{ id: number }>(
          `SELECT id FROM jobs WHERE kind = ? AND arguments = ? AND state = 'running'`,
          kind,
          text,
        );
        if (same) return same.id;
        return db.run(
          `INSERT INTO jobs (kind, arguments, state, started_ms) VALUES (?, ?, 'running', ?)`,
          kind,
          text,
          now(),
        ).lastId;
      });
    },
    async end(id, state, outcome) {
      db.run(
        'UPDATE jobs SET state = ?, ended_ms = ?, outcome = ? WHERE id = ?',
        state,
        now(),
        JSON.stringify(outcome ?? null),
        id,
      );
    },
    async unfinished(kind) {
      return db.all<Row>(`${SELECT} WHERE kind = ? AND state = 'running' ORDER BY id`, kind).map(record);
    },
    async recent(limit) {
      return db.all<Row>(`${SELECT} ORDER BY id DESC LIMIT ?`, limit).map(record);
    },
  };
}
