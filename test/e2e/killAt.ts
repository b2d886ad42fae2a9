import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { z } from 'zod';

// Brought into the real process by NODE_OPTIONS: it dies there, as by kill -9, when it does to the disk what KILL_AT says.

const { call, path, when } = z
  .object({ call: z.enum(['mkdirSync', 'renameSync', 'rm']), path: z.string(), when: z.enum(['before', 'after']) })
  .parse(JSON.parse(process.env.KILL_AT ?? 'null'));

type Call = (...given: unknown[]) => unknown;
const on = (call === 'rm' ? fs.promises : fs) as unknown as Record<string, Call>;
const real = on[call] as Call;

on[call] = (...given) => {
  if (!given.some((one) => typeof one === 'string' && one.includes(path))) return real(...given);
  if (when === 'before') die();
  const done = real(...given);
  return done instanceof Promise ? done.then(die) : die();
};
syncBuiltinESMExports();

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // It is dead before it is told so.
  for (;;);
}
