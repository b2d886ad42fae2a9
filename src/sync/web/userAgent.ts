import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const { name, version } = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')));

/** The name that robots.txt knows us by. */
export const ROBOT_NAME = name;

/** Who asks, truly: the project and its version. */
export const USER_AGENT = `${name}/${version} (reads pages that its team links to)`;
