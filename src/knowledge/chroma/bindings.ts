import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { compareVersions } from './compareVersions.ts';

/** A Chroma server as npm ships it: a native module whose `cli` export takes the command line of `chroma`. */
export interface Binding {
  readonly version: string;
  /** What to `require`: the folder of the installed package. */
  readonly path: string;
}

/**
 * The packages by platform. On linux-x64 two stand side by side: the one that `chromadb` asks for (needs glibc 2.38)
 * and, under an alias of ours, the newest one that runs on glibc 2.34.
 */
const packages: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['chromadb-js-bindings-linux-x64-gnu', 'chromadb-js-bindings-linux-x64-gnu-1-0'],
  'linux-arm64': ['chromadb-js-bindings-linux-arm64-gnu'],
  'darwin-arm64': ['chromadb-js-bindings-darwin-arm64'],
  'darwin-x64': ['chromadb-js-bindings-darwin-x64'],
  'win32-arm64': ['chromadb-js-bindings-win32-arm64-msvc'],
};

const manifest = z.object({ version: z.string() });

/**
 * The bindings that are installed for this platform, newest first. Installed does not mean that it loads: a missing
 * glibc shows only when it is tried, which is the child process's business.
 */
export function findBindings(platform: string = `${process.platform}-${process.arch}`): Binding[] {
  const own = createRequire(import.meta.url);
  const chromadbs = createRequire(own.resolve('chromadb'));
  const found: Binding[] = [];
  for (const name of packages[platform] ?? []) {
    const file = resolveFrom(chromadbs, name) ?? resolveFrom(own, name);
    if (file === undefined) continue;
    const { version } = manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
    found.push({ version, path: dirname(file) });
  }
  return found.sort((a, b) => compareVersions(b.version, a.version));
}

function resolveFrom(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(join(name, 'package.json'));
  } catch {
    return undefined;
  }
}
