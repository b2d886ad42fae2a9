#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what to do instead of dying on the first TypeScript file with a riddle.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const WANTED = [24, 12];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) {
  const { run } = await import('../src/cli.ts');
  await run(process.argv.slice(2));
} else {
  // `npm ci` brings Node 24 as a package; npm's scripts find it by themselves, a direct call is handed over to it here.
  const carried = join(import.meta.dirname, '../node_modules/node/bin/node');
  if (existsSync(carried) && process.env.BACKSCROLL_HANDED_OVER !== '1') {
    const child = spawn(carried, [import.meta.filename, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, BACKSCROLL_HANDED_OVER: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    });
  } else {
    console.error(
      `Backscroll needs Node ${WANTED.join('.')} or newer; this is ${process.versions.node}. Run "npm ci" in its folder, which brings one along, or install Node 24.`,
    );
    process.exitCode = 1;
  }
}
