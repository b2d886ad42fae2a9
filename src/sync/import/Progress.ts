import { BackscrollError } from '../../base/BackscrollError.ts';

/** How far an import is, by bytes unpacked: what time it will take is then nearly in proportion. */
export interface ImportProgress {
  readonly phase: 'people' | 'messages' | 'documents';
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes';
}

export interface Progress {
  advance(bytes: number): void;
  /** Tells the end of a phase, whatever was skipped on the way. */
  finish(): void;
}

export function sumBytes(entries: Iterable<{ readonly sizeBytes: number }>): number {
  let bytes = 0;
  for (const { sizeBytes } of entries) bytes += sizeBytes;
  return bytes;
}

const stepBytes = 1024 ** 2;

/** Tells the first, the last and every megabyte between. Never more than `totalBytes`: a file may grow while it is read. */
export function createProgress(
  phase: ImportProgress['phase'],
  totalBytes: number,
  report: (progress: ImportProgress) => void,
): Progress {
  let done = 0;
  let told = 0;
  const tell = () => {
    told = done;
    report({ phase, done: Math.min(done, totalBytes), total: totalBytes, unit: 'bytes' });
  };
  tell();
  return {
    advance(bytes) {
      done += bytes;
      if (done - told >= stepBytes) tell();
    },
    finish() {
      done = totalBytes;
      tell();
    },
  };
}

/** Stops an import between two calls of `ingest`. What was taken in stays, and the same import later goes on from there. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new BackscrollError(
    'cancelled',
    'The import was stopped. Run it again to go on: what is in already costs nothing.',
  );
}
