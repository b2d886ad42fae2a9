import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { BackscrollError, type ErrorCode } from '../../base/BackscrollError.ts';
import type { Page } from './Page.ts';
import { type ReadInput, readBytes } from './readFileAs.ts';

/** What the worker is asked, and what it answers. It is asked one thing at a time. */
export interface WorkerRequest extends ReadInput {
  readonly maxBytes: number;
  readonly maxPages: number;
}
export type WorkerReply =
  | { readonly page: Page }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

parentPort?.on('message', async (request: WorkerRequest) => parentPort?.postMessage(await answer(request)));

async function answer({ bytes, ...options }: WorkerRequest): Promise<WorkerReply> {
  try {
    return { page: await readBytes(bytes, options) };
  } catch (error) {
    if (error instanceof BackscrollError) return { error: { code: error.code, message: error.message } };
    const kind = error instanceof Error ? error.name : 'unknown error';
    return { error: { code: 'input', message: `${basename(options.path)} could not be read (${kind}); left out.` } };
  }
}
