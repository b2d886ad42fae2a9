import type { Database } from './database.ts';

export interface DatasetRecord {
  readonly number: number;
  /** Made from its content. */
  readonly id: string;
  readonly format: string;
  /** Its real path: no link leads elsewhere. */
  readonly folder: string;
  /** The dataset that it took the place of. */
  readonly parent?: string;
  /** JSON: how it was asked for, so that it can be built again. */
  readonly order: string;
  readonly rows: number;
  readonly madeMs: number;
  /** False while its folder is not known to stand in its place. */
  readonly isWhole: boolean;
}

/** Of train, validation and test: for each line the answers that it is made of. */
export type DatasetLines = readonly (readonly (readonly string[])[])[];

/** Which datasets were made, of which answers, and which models were trained on them. */
export interface Datasets {
  /** How often words, votes or rights were taken back in this home: what was read while this grew may not be used. */
  erasures(): number;
  /**
   * Before its folder appears, so that no dataset is there that nobody knows of.
   * @param asOf `erasures` before the first of it was read
   * @returns its number; undefined, and nothing is written, when something was taken back since
   */
  begin(dataset: Omit<DatasetRecord, 'number' | 'isWhole'>, lines: DatasetLines, asOf: number): number | undefined;
  /**
   * Its folder is there: what stood in it before is replaced.
   * @param named another name of the same folder, under which it may have been known
   */
  finish(number: number, named?: string): void;
  /** Those whose folder may be there, oldest first. */
  list(): DatasetRecord[];
  /** It is not there any more. What models were trained on stays known. */
  drop(number: number): void;
}

interface Row {
  number: number;
  id: string;
  format: string;
  folder: string;
  parent: string | null;
  order_body: string;
  row_count: number;
  made_ms: number;
  state: 'writing' | 'whole';
}

export function createDatasets(db: Database): Datasets {
  function drop(number: number): void {
    const isTrainedOn = db.get('SELECT 1 FROM trained_models WHERE dataset = ?', number);
    if (isTrainedOn) db.run("UPDATE datasets SET state = 'replaced' WHERE number = ?", number);
    else db.run('DELETE FROM datasets WHERE number = ?', number);
  }

  const erasures = () => db.get<{ count: number }>('SELECT count FROM erasures')?.count ?? 0;

  return {
    erasures,
    begin(dataset, lines, asOf) {
      return db.transaction(() => {
        if (erasures() !== asOf) return undefined;
        const { lastId } = db.run(
          `INSERT INTO datasets (id, format, folder, parent, order_body, row_count, made_ms, state)
           VALUES (?, ?, ?, ?, ?, ?, ?, 'writing')`,
          dataset.id,
          dataset.format,
          dataset.folder,
          dataset.parent ?? null,
          dataset.order,
          dataset.rows,
          dataset.madeMs,
        );
        for (const [split, answerIds] of lines.entries()) {
          db.run('INSERT INTO dataset_rows VALUES (?, ?, ?)', lastId, split, JSON.stringify(answerIds));
        }
        return lastId;
      });
    },
    finish(number, named) {
      db.transaction(() => {
        const others = db.all<{ number: number }>(
          `SELECT o.number FROM datasets o JOIN datasets d ON o.folder IN (d.folder, ?2)
           WHERE d.number = ?1 AND o.number <> ?1 AND o.state <> 'replaced'`,
          number,
          named ?? null,
        );
        for (const other of others) drop(other.number);
        db.run("UPDATE datasets SET state = 'whole' WHERE number = ?", number);
      });
    },
    list: () =>
      db
        .all<Row>("SELECT * FROM datasets WHERE state <> 'replaced' ORDER BY number")
        .map(({ number, id, format, folder, parent, order_body, row_count, made_ms, state }) => ({
          ...{ number, id, format, folder, order: order_body, rows: row_count, madeMs: made_ms },
          isWhole: state === 'whole',
          ...(parent === null ? {} : { parent }),
        })),
    drop: (number) => db.transaction(() => drop(number)),
  };
}
