import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { sha256 } from '../../base/hash.ts';
import type { Settings } from '../../store/settings.ts';

/**
 * A folder is known by its name, so that it stays itself when it is moved; but another folder of the same name, beside
 * it, is another source: it must not take the first one's place.
 * @returns the key of such another one; undefined where its name will do
 */
export function folderKey(
  settings: Settings,
  { path, space }: { readonly path: string; readonly space: string },
): string | undefined {
  const name = basename(path);
  const setting = `folder ${space.trim().toLowerCase()} ${name}`;
  const before = settings.get(setting);
  if (before !== undefined && before !== path && existsSync(before)) return `${name}-${sha256(path).slice(0, 8)}`;
  settings.set(setting, path);
  return undefined;
}
