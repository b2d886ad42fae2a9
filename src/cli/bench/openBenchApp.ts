import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../config/load.ts';
import { createLog } from '../../base/log.ts';
import { type App, createApp } from '../../main.ts';

/** The whole app in a home of its own, that is thrown away with it. */
export async function openBenchApp(): Promise<{ readonly app: App; close(): Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'backscroll-bench-'));
  const environment = { BACKSCROLL_HOME: home, LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' };
  const loaded = loadConfig(environment, { cwd: process.cwd() });
  const log = createLog(loaded.config.log.level);
  const app = await createApp({ loaded, databaseFile: join(home, 'bench.db'), log, now: Date.now });
  app.begin();
  return {
    app,
    async close() {
      await app.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
