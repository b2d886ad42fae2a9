/**
 * Checks a name that came with a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.17 allows only
 * relative paths with forward slashes.
 * @returns the path without `.` and empty parts, or the reason why it is not used
 */
export function checkArchivePath(name: string): { readonly path: string } | { readonly refused: string } {
  if (name.includes('\0') || name.length > 4096) return { refused: 'a name that no file can have' };
  if (name.includes('\\')) return { refused: 'a name with backslashes' };
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) return { refused: 'an absolute path' };
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return { refused: 'a name with ../ that leads out of the archive' };
  if (parts.length === 0) return { refused: 'a name that no file can have' };
  return { path: parts.join('/') };
}

/** What nobody means when they bring a folder: version control, editors' and systems' files, installed packages. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === 'node_modules' || part === '__MACOSX');
}

/** By UTF-16 units, the same on every machine, unlike `localeCompare`. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
