import { parentPort, workerData } from 'node:worker_threads';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { readSegmentMessages } from '../segmentMessages.ts';
import type { ExportReply, ExportRequest } from './exportInWorker.ts';
import { questionsOf, sayingsOf } from './sayings.ts';
import { writeSlackExport } from './writeExport.ts';

/** Reads the data and writes exports in a thread that ends, so that its memory is not taken for Backscroll's. */
const { dataDir, orders, questions } = workerData as ExportRequest;
let reply: ExportReply;
try {
  const sayings = sayingsOf((await readSegmentMessages(dataDir)).values());
  for (const order of orders) await writeSlackExport(sayings, order);
  reply = { questions: questionsOf(sayings.slice(0, orders[0]?.messages), questions), available: sayings.length };
} catch (error) {
  if (!(error instanceof BackscrollError)) throw error;
  reply = { error: { code: error.code, message: error.message } };
}
parentPort?.postMessage(reply);
