import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { BackscrollError } from '../../../base/BackscrollError.ts';
import { createChromaServer } from '../../../knowledge/chroma/createChromaServer.ts';
import { callOwner } from '../../owner/callOwner.ts';
import { socketPath } from '../../owner/socketPath.ts';
import { benchEnvironment } from './openBench.ts';

export interface StartMeasure {
  /** Chroma by itself on the data of this home, from its launch to its first answer. */
  readonly chromaSeconds: number;
  /** `backscroll start`, from the launch of the process until a question can be asked. */
  readonly readySeconds: number;
  /** … until vectors are searched too. */
  readonly vectorsSeconds: number;
  readonly ratio: number;
  /** All processes, a moment after the start. */
  readonly memoryBytes: number;
}

const statusSchema = z.object({
  vectors: z.object({ server: z.object({ state: z.string() }) }),
  memory: z.object({ totalBytes: z.number() }),
});
const LOOK_MS = 10;
const PATIENCE_MS = 60_000;

/** Starts Backscroll as people do, on a home that nobody has, and ends it again. */
export async function measureStart(home: string, configFile: string | undefined): Promise<StartMeasure> {
  const chromaSeconds = await startChroma(home);
  const begun = performance.now();
  const sinceBegun = () => (performance.now() - begun) / 1_000;
  const config = configFile ? ['--config', configFile] : [];
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../../../bin/backscroll.js'), 'start', '--no-sample', '--json', ...config],
    { env: { ...benchEnvironment(home), PORT: '0' }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = once(child, 'exit');
  try {
    const ready = once(createInterface({ input: child.stdout }), 'line');
    await Promise.race([ready, ended.then(() => Promise.reject(notStarted()))]);
    const readySeconds = sinceBegun();
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const answered = await callOwner(socketPath(home), 'status', {}, { signal, progress: () => {} });
      const status = statusSchema.parse(answered === 'nobody' ? undefined : answered.result);
      if (status.vectors.server.state === 'ready') {
        const vectorsSeconds = sinceBegun();
        const ratio = readySeconds / chromaSeconds;
        return { chromaSeconds, readySeconds, vectorsSeconds, ratio, memoryBytes: status.memory.totalBytes };
      }
      await pause(LOOK_MS, undefined, { signal });
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function startChroma(home: string): Promise<number> {
  const server = createChromaServer({ home });
  const begun = performance.now();
  try {
    await server.start();
    return (performance.now() - begun) / 1_000;
  } finally {
    await server.stop();
  }
}

function notStarted(): BackscrollError {
  return new BackscrollError('internal', 'backscroll start ended before it was ready. Try it by hand to see why.');
}
