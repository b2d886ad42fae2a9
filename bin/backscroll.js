#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what to do instead of dying on the first TypeScript file with a riddle.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const WANTED = [24, 12];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

// A young generation that may grow at will takes 100 MB more while an import runs, and saves little time. Objects that V8
// takes for long-lived it makes in the old generation, and those beside them too: 100 MB more while a dataset is made.
const SMALL_HEAP = ['--max-semi-space-size=16', '--no-allocation-site-pretenuring'];
const STAYS = new Set(['start', 'import', 'feedback', 'forget', 'bench']);

if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) {
  const isSmall = process.execArgv.some((option) => option.startsWith('--max-semi-space-size'));
  // V8 takes it at its launch only. The process becomes the new one, with its id and its streams; not so on Windows.
  if (STAYS.has(process.argv[2]) && !isSmall && process.execve && process.platform !== 'win32') {
    process.execve(
      process.execPath,
      [process.execPath, ...SMALL_HEAP, ...process.execArgv, ...process.argv.slice(1)],
      process.env,
    );
  }
  // Most of a start is reading some hundred modules: what was compiled once need not be again. Threads and the processes
  // that we start find it by the variable. Where the folder cannot be written, it is as it was without.
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/backscroll');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
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
