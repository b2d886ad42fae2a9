import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { importsOf } from './imports.ts';
import { VENDORS, WALLS } from './rules.ts';

export interface WallReport {
  readonly modules: number;
  readonly imports: number;
  /** One sentence each. */
  readonly violations: readonly string[];
}

/** Reads every module below `root` and holds its imports against the walls. */
export function checkWalls(root: string): WallReport {
  const files = globSync(['src/**/*.ts', 'config/**/*.ts', 'tools/**/*.ts'], { cwd: root }).sort();
  const violations: string[] = [];
  let imports = 0;
  for (const file of files) {
    const wall = WALLS.find(({ room }) => file.startsWith(room));
    if (!wall) violations.push(`${file} belongs to no room; give it one in tools/walls/rules.ts`);
    for (const { specifier, line } of importsOf(join(root, file))) {
      imports++;
      const fault = specifier.startsWith('.') ? wallFault(root, file, specifier, wall) : vendorFault(file, specifier);
      if (fault) violations.push(`${file}:${line} ${fault}`);
    }
  }
  return { modules: files.length, imports, violations };
}

function wallFault(root: string, file: string, specifier: string, wall: (typeof WALLS)[number] | undefined) {
  const target = relative(root, join(root, dirname(file), specifier));
  if (!existsSync(join(root, target))) return `imports ${target}, which does not exist`;
  if (!wall || target.startsWith(wall.room) || wall.mayUse.some((room) => target.startsWith(room))) return undefined;
  return `may not use ${target}: ${wall.room} may use ${wall.mayUse.join(', ') || 'no other room'}`;
}

function vendorFault(file: string, specifier: string) {
  const vendor = Object.keys(VENDORS).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (!vendor || VENDORS[vendor]?.test(`/${file}`) || VENDORS[vendor]?.test(file)) return undefined;
  return `may not use ${vendor}: it belongs where ${VENDORS[vendor]?.source} says`;
}
