import { parentPort } from 'node:worker_threads';

// A thread that cannot do what it is asked: its disk fails, say.
parentPort?.on('message', ({ n, kind }: { n: number; kind: string }) => {
  if (kind !== 'begin' && kind !== 'rest') parentPort?.postMessage({ n, error: 'the disk reports an error' });
});
