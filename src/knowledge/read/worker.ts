import { parentPort } from 'node:worker_threads';
import { BackscrollError, type ErrorCode } from '../../base/BackscrollError.ts';
import type { Page } from './Page.ts';
import { type ReadInput, readBytes } from './readFileAs.ts';

/** What the worker is asked, and what it answers. It answers requests one at a time, in order. */
export interface WorkerRequest extends ReadInput {
  readonly maxBytes: number;
}
export type WorkerReply =
  | { readonly page: Page }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

parentPort?.on('message', (request: WorkerRequest) => parentPort?.postMessage(answer(request)));

function answer({ bytes, ...options }: WorkerRequest): WorkerReply {
  try {
    return { page: readBytes(bytes, options) };
  } catch (error) {
    if (error instanceof BackscrollError) return { error: { code: error.code, message: error.message } };
    const kind = error instanceof Error ? error.name : 'unknown error';
    return { error: { code: 'input', message: `${options.path} could not be read (${kind}); left out.` } };
  }
}
