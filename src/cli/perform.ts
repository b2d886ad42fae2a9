import { setTimeout as wait } from 'node:timers/promises';
import type { Loaded } from '../../config/load.ts';
import { BackscrollError } from '../base/BackscrollError.ts';
import { createLog } from '../base/log.ts';
import { type Home, type Owner, takeHome } from '../store/home.ts';
import type { OperationIo, RunningApp } from './operations/Operation.ts';
import { callOwner } from './owner/callOwner.ts';
import { serveOwner } from './owner/serveOwner.ts';
import { socketPath } from './owner/socketPath.ts';

const RETRY_MS = 100;
/** An owner that begins or ends does not listen for a moment. */
const PATIENCE_MS = 15_000;

/**
 * Runs an operation on the home: in the process that owns it, or, when nobody does, in this one, which owns it until
 * the operation and whatever others asked of it meanwhile are done.
 */
export async function perform(loaded: Loaded, operation: string, args: unknown, io: OperationIo): Promise<unknown> {
  const patience = AbortSignal.any([io.signal, AbortSignal.timeout(PATIENCE_MS)]);
  let owner: Owner | undefined;
  while (!patience.aborted) {
    const taken = takeHome(loaded.home, operation);
    if ('home' in taken) return performHere(loaded, taken.home, operation, args, io);
    owner = taken.owner;
    const answered = await callOwner(socketPath(loaded.home), operation, args, io);
    if (answered !== 'nobody') return answered.result;
    await wait(RETRY_MS, undefined, { signal: patience }).catch(() => {});
  }
  if (io.signal.aborted) throw new BackscrollError('cancelled', 'Stopped.');
  throw new BackscrollError(
    'home',
    `${loaded.home} is in use by ${ownerInWords(owner)}, which does not answer. Wait for it, or end it.`,
  );
}

export function ownerInWords(owner: Owner | undefined): string {
  return owner ? `process ${owner.pid} (backscroll ${owner.command})` : 'another process';
}

async function performHere(loaded: Loaded, home: Home, operation: string, args: unknown, io: OperationIo) {
  const startedMs = Date.now();
  // The whole of it takes most of a second to load: a command that asks the owner does without.
  const [{ createApp }, { runOperation }] = await Promise.all([
    import('../main.ts'),
    import('./operations/operations.ts'),
  ]);
  // A command tells its result; what the log would say beside it is said when somebody asks for it.
  const level = loaded.environment.LOG_LEVEL ?? 'warn';
  const log = createLog(level);
  try {
    const app = await createApp({ loaded, databaseFile: home.databaseFile, log, now: Date.now });
    const running: RunningApp = {
      ...app,
      command: operation,
      startedMs,
      readyMs: () => undefined,
      link: () => undefined,
    };
    try {
      const socket = await serveOwner(
        socketPath(loaded.home),
        (name, given, its) => runOperation(running, name, given, its),
        log,
      );
      try {
        app.begin();
        return await runOperation(running, operation, args, io);
      } finally {
        await socket.close();
      }
    } finally {
      await app.stop();
    }
  } finally {
    home.release();
  }
}
