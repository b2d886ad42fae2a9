import { join } from 'node:path';
import { checkWalls } from './check.ts';

const { modules, imports, violations } = checkWalls(join(import.meta.dirname, '../..'));
for (const violation of violations) console.error(violation);
console.log(`walls: ${modules} modules, ${imports} imports, ${violations.length} violations`);
// A checker that sees nothing finds nothing.
if (modules === 0 || imports === 0 || violations.length > 0) process.exitCode = 1;
