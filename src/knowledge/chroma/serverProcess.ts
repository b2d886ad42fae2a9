/**
 * The process that is our own Chroma server. Started by launch.ts, never imported.
 *
 * The native binding's `cli` serves and never returns, so nothing else runs on this thread from then on. A worker
 * thread watches the pipe from the parent meanwhile (see watchParent.ts).
 */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { exitStatus } from './exitStatus.ts';
import { writeVersion } from './versionFile.ts';

const { values } = parseArgs({
  options: {
    // Not read here: it is what a later start recognises this process by.
    token: { type: 'string' },
    home: { type: 'string', default: '' },
    data: { type: 'string', default: '' },
    port: { type: 'string', default: '' },
    patienceMs: { type: 'string', default: '' },
    // `version:path`, newest first.
    binding: { type: 'string', multiple: true, default: [] },
  },
});

const watcher = new Worker(new URL('./watchParent.ts', import.meta.url), {
  workerData: { patienceMs: Number(values.patienceMs) },
});
// Its loading may need this thread, which is gone once the server runs.
await once(watcher, 'message');

const loaded = loadFirst(values.binding);
if (loaded === undefined) process.exit(exitStatus.noBinding);
// Before the server opens the data: it brings them to its own version's form at once.
writeVersion(values.home, loaded.version);
loaded.cli(['chroma', 'run', '--path', values.data, '--host', '127.0.0.1', '--port', values.port]);
process.exit(exitStatus.notServing);

function loadFirst(candidates: readonly string[]) {
  const require = createRequire(import.meta.url);
  for (const candidate of candidates) {
    const colon = candidate.indexOf(':');
    try {
      const { cli } = require(candidate.slice(colon + 1)) as { cli: (args: readonly string[]) => void };
      return { version: candidate.slice(0, colon), cli };
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return undefined;
}
