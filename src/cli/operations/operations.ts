import { BackscrollError } from '../../base/BackscrollError.ts';
import { askOperation } from './ask.ts';
import { doctorOperation } from './doctor.ts';
import { feedbackExportOperation } from './feedbackExport.ts';
import { feedbackImportOperation } from './feedbackImport.ts';
import { feedbackDecideOperation, feedbackReviewOperation } from './feedbackReview.ts';
import { feedbackStatsOperation } from './feedbackStats.ts';
import { forgetOperation } from './forget.ts';
import { gapsOperation } from './gaps.ts';
import { importOperation } from './import.ts';
import { linkOperation } from './link.ts';
import type { Operation, OperationIo, RunningApp } from './Operation.ts';
import { optOutOperation } from './optOut.ts';
import { reindexOperation } from './reindex.ts';
import { removeOperation } from './remove.ts';
import { searchOperation } from './search.ts';
import { statusOperation } from './status.ts';
import { syncOperation } from './sync.ts';
import { takeBackOperation } from './takeBack.ts';
import { traceOperation } from './trace.ts';

const OPERATIONS = [
  askOperation,
  doctorOperation,
  feedbackDecideOperation,
  feedbackExportOperation,
  feedbackImportOperation,
  feedbackReviewOperation,
  feedbackStatsOperation,
  forgetOperation,
  gapsOperation,
  importOperation,
  linkOperation,
  optOutOperation,
  reindexOperation,
  removeOperation,
  searchOperation,
  statusOperation,
  syncOperation,
  takeBackOperation,
  traceOperation,
] as unknown as readonly Operation<unknown, unknown>[];

/** Runs an operation by its name, its arguments checked: they may come over the socket. */
export async function runOperation(app: RunningApp, name: string, args: unknown, io: OperationIo): Promise<unknown> {
  const operation = OPERATIONS.find((known) => known.name === name);
  if (!operation) {
    throw new BackscrollError('usage', `The running Backscroll knows no "${name}". Is it another version? Restart it.`);
  }
  const parsed = operation.arguments.safeParse(args);
  if (!parsed.success) {
    throw new BackscrollError('usage', `The arguments of "${name}" are wrong: ${parsed.error.issues[0]?.message}.`);
  }
  return operation.run(app, parsed.data, io);
}
