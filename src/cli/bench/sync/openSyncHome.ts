import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../../config/load.ts';
import { createLog, type Log } from '../../../base/log.ts';
import type { Timing } from '../../../base/Timing.ts';
import { createApp } from '../../../main.ts';
import type { Store } from '../../../store/store.ts';
import { createKeeping } from '../../../sync/createKeeping.ts';
import { countWritten } from './countWritten.ts';

type Sides = Pick<Parameters<typeof createKeeping>[0], 'slackSide' | 'discordSide'>;

/** A home of its own that is thrown away, with all of sync on a platform of ours and its clock. */
export async function openSyncHome(timing: Timing, sidesOf: (store: Store, log: Log) => Sides) {
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const log = createLog(process.env.LOG_LEVEL ?? 'error');
  const loaded = loadConfig(
    { BACKSCROLL_HOME: home, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' },
    { cwd: process.cwd() },
  );
  const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: timing.now });
  app.begin();
  const { store, ingest, config } = app;
  const keeping = await createKeeping({ store, ingest, config, log, timing, ...sidesOf(store, log), catalogues: [] });
  const written = countWritten(app);
  return {
    ...{ home, app, keeping, log, written },
    async stop() {
      await keeping.stop();
      await app.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
