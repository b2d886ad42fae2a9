import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `version.json` names the Chroma that last wrote the data: an older one must not open them. */
export function writeVersion(chromaHome: string, bindingVersion: string): void {
  writeAtomically(join(chromaHome, 'version.json'), JSON.stringify({ bindingVersion }));
}

/** The version that wrote the data; undefined when there are none, or nobody knows. */
export function readVersion(chromaHome: string): string | undefined {
  const stored = readJson(join(chromaHome, 'version.json'));
  if (typeof stored !== 'object' || stored === null || !('bindingVersion' in stored)) return undefined;
  return typeof stored.bindingVersion === 'string' ? stored.bindingVersion : undefined;
}

/** What the file says; undefined when it is missing or broken (it is ours, and can be made again). */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The file has its old or its new content at any moment, never half of it. */
export function writeAtomically(file: string, text: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, file);
}
