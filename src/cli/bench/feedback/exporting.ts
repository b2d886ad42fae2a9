import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openStore } from '../../../store/store.ts';
import { counted, megabytes, table } from '../../print/table.ts';
import { fillVotes } from './fillVotes.ts';

/** One of ten is a near-duplicate, and most of these are left out: what is left is more than 100,000 rows. */
const ANSWERS = 112_000;
const WORKER = join(import.meta.dirname, 'exporting/worker.ts');

/** One export, and what its bytes alone take in the same moments, in milliseconds. */
export interface Round {
  readonly exportMs: number;
  /** The mean of once before and once after it. */
  readonly readMs: number;
  readonly hashAndWriteMs: number;
}

/** What the measuring process says. */
export interface Measured {
  readonly rows: number;
  readonly nearDuplicates: number;
  readonly datasetBytes: number;
  readonly rounds: readonly Round[];
  /** The most that the exporting process held, its program and its database's cache with it. */
  readonly peakBytes: number;
}

export interface ExportingResult extends Omit<Measured, 'rounds'>, Round {
  readonly answers: number;
  /** Reading the same rows from the database, then hashing and writing the dataset's bytes to disk. */
  readonly floorMs: number;
  /** Of the round in the middle, as all times here. */
  readonly ratio: number;
  /** Of each round; in the first the program is compiled. */
  readonly ratios: readonly number[];
}

/** How long a dataset of 100,000 rows takes, next to what its bytes alone take. */
export async function benchExporting(report: (sentence: string) => void): Promise<ExportingResult> {
  const folder = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  try {
    report(`${counted(ANSWERS)} rated answers are written`);
    const store = await openStore(join(folder, 'backscroll.db'), Date.now);
    await fillVotes(store, ANSWERS);
    await store.close();
    report('they are exported, seven times');
    // With the bounds on memory that every command has.
    const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, WORKER, folder]);
    // Our own line, of our own process.
    const { rounds, ...measured } = JSON.parse(stdout) as Measured;
    const ratioOf = (round: Round) => round.exportMs / floorOf(round);
    const middle = rounds.toSorted((a, b) => ratioOf(a) - ratioOf(b))[Math.floor(rounds.length / 2)] as Round;
    return {
      ...{ ...measured, ...middle, answers: ANSWERS },
      ...{ floorMs: floorOf(middle), ratio: ratioOf(middle), ratios: rounds.map(ratioOf) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const floorOf = ({ readMs, hashAndWriteMs }: Round) => readMs + hashAndWriteMs;

export function formatExportingTable(result: ExportingResult): string {
  const { answers, rows, nearDuplicates, datasetBytes, exportMs, floorMs, readMs, hashAndWriteMs, ratio, peakBytes } =
    result;
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  return [
    `Dataset of ${counted(rows)} rows (${megabytes(datasetBytes)}) from ${counted(answers)} rated answers, ${counted(nearDuplicates)} near-duplicates left out`,
    table([
      ['', 's', 'x floor'],
      ['reading the same rows from the database', seconds(readMs), ''],
      ['hashing and writing the same bytes, on disk', seconds(hashAndWriteMs), ''],
      ['floor: both', seconds(floorMs), '1.00'],
      ['export: curated, deduplicated, split, written', seconds(exportMs), ratio.toFixed(2)],
    ]),
    `Rounds: ${result.ratios.map((one) => one.toFixed(2)).join(', ')} x floor; above is the one in the middle. In the first the program is compiled.`,
    `Memory at most ${megabytes(peakBytes)}, in a process of its own.`,
  ].join('\n');
}
