import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { BackscrollError, type ErrorCode } from '../../../base/BackscrollError.ts';
import type { ExportOrder } from './writeExport.ts';

export interface ExportRequest {
  readonly dataDir: string;
  readonly orders: readonly ExportOrder[];
  /** How many questions to pick from what the first export says. */
  readonly questions: number;
}

export interface Exported {
  readonly questions: readonly string[];
  /** How many different messages the data have. */
  readonly available: number;
}

export type ExportReply = Exported | { readonly error: { readonly code: ErrorCode; readonly message: string } };

/** Has exports written by a thread of its own. @throws BackscrollError `usage` or `input` about the data */
export async function exportInWorker(request: ExportRequest): Promise<Exported> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: request });
  try {
    const [reply] = (await once(worker, 'message')) as [ExportReply];
    if ('error' in reply) throw new BackscrollError(reply.error.code, reply.error.message);
    return reply;
  } finally {
    await worker.terminate();
  }
}
