import { BackscrollError } from '../../../base/BackscrollError.ts';
import type { ScaleReply, ScaleRequest } from './scaleApart.ts';
import { measureHome } from './scaling.ts';

/** The process that `scaleApart` starts: one request in, sentences and then the measures out, and it ends. */
const stopping = new AbortController();
const stop = () => stopping.abort(new BackscrollError('cancelled', 'Stopped.'));
// Whoever asked may be gone: nobody is left to measure for then.
process.on('SIGTERM', stop).on('SIGINT', stop).on('disconnect', stop);

const tell = (reply: ScaleReply) => new Promise<void>((resolve) => process.send?.(reply, () => resolve()) ?? resolve());

process.once('message', async (message) => {
  const { home, ...options } = message as ScaleRequest;
  try {
    const report = (sentence: string) => void tell({ kind: 'progress', sentence });
    const measures = await measureHome({ ...options, signal: stopping.signal, report }, home);
    await tell({ kind: 'measures', measures });
  } catch (error) {
    const code = error instanceof BackscrollError ? error.code : 'internal';
    await tell({ kind: 'error', code, message: error instanceof Error ? error.message : String(error) });
  }
  process.off('disconnect', stop);
  if (process.connected) process.disconnect();
});
