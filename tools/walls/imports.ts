import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

export interface Import {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** Everything a TypeScript file imports or re-exports, types and `import()` included. Throws when it cannot be parsed. */
export function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const line = (offset: number) => source.slice(0, offset).split('\n').length;
  const found: Import[] = module.staticImports.map(({ moduleRequest }) => ({
    specifier: moduleRequest.value,
    line: line(moduleRequest.start),
  }));
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, line: line(moduleRequest.start) });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = source.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])(.*)\1$/s.exec(text);
    if (literal?.[2]) found.push({ specifier: literal[2], line: line(moduleRequest.start) });
  }
  // A type named in place is an import too, though no statement.
  for (const match of source.matchAll(/\bimport\(\s*(['"])([^'"]+)\1\s*\)/g)) {
    const at = line(match.index);
    if (match[2] && !found.some((known) => known.specifier === match[2] && known.line === at)) {
      found.push({ specifier: match[2], line: at });
    }
  }
  return found;
}
