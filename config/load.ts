import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { BackscrollError } from '../src/base/BackscrollError.ts';
import { type Environment, environmentSchema } from './environment.ts';
import { type Config, configSchema } from './schema.ts';

export interface Loaded {
  readonly config: Config;
  readonly environment: Environment;
  readonly home: string;
  /** The file that was read, if any. */
  readonly file?: string;
}

/**
 * Reads the environment and the config file: `--config`, else `BACKSCROLL_CONFIG`, else `backscroll.yaml` in the home,
 * else the one that comes with Backscroll. The environment wins over the file.
 * Throws BackscrollError `usage` naming the key, what was found and what is allowed.
 * @param variables usually process.env
 */
export function loadConfig(variables: NodeJS.ProcessEnv, options: { file?: string; cwd: string }): Loaded {
  const environment = parseEnvironment(variables);
  const home = resolve(options.cwd, environment.BACKSCROLL_HOME ?? '.backscroll');
  const named = options.file ?? environment.BACKSCROLL_CONFIG;
  const file = named ? resolve(options.cwd, named) : usual(home);
  const found = file ? readYaml(file) : {};
  const parsed = configSchema.safeParse(withEnvironment(found, environment), { reportInput: true });
  if (!parsed.success) throw new BackscrollError('usage', sentences(parsed.error, file ?? 'The environment'));
  if (parsed.data.embedding.provider === 'openai' && !environment.OPENAI_API_KEY && !environment.OPENAI_BASE_URL) {
    // Otherwise a typo would send everything that is imported to a server that nobody chose.
    throw new BackscrollError(
      'usage',
      'Embeddings of a server are asked for (EMBEDDING_MODEL, or embedding.provider: openai), but no server is named. Set OPENAI_API_KEY or OPENAI_BASE_URL.',
    );
  }
  return { config: parsed.data, environment, home, ...(file ? { file } : {}) };
}

const SHIPPED = join(import.meta.dirname, 'backscroll.yaml');

function usual(home: string): string | undefined {
  return [join(home, 'backscroll.yaml'), SHIPPED].find((file) => existsSync(file));
}

function parseEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = environmentSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  // The value is not shown: it might be a secret in the wrong place.
  const names = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${allowed(issue)})`);
  throw new BackscrollError('usage', `The environment variable ${names.join(', ')} cannot be used. Mend or unset it.`);
}

function readYaml(file: string): unknown {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BackscrollError('usage', `The config file ${file} cannot be read. Check the path.`, { cause });
  }
  const document = parseDocument(source, { prettyErrors: true });
  const fault = document.errors[0];
  if (fault) throw new BackscrollError('usage', `${file} is not YAML: ${fault.message.split('\n')[0]}`);
  return document.toJS({ maxAliasCount: 20 }) ?? {};
}

function withEnvironment(found: unknown, environment: Environment): unknown {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return found;
  const given: Record<string, Record<string, unknown>> = {
    server: { host: environment.HOST, port: environment.PORT },
    log: { level: environment.LOG_LEVEL },
    model: { name: environment.OPENAI_MODEL },
    embedding: environment.EMBEDDING_MODEL ? { provider: 'openai', model: environment.EMBEDDING_MODEL } : {},
    chroma: { url: environment.CHROMA_URL },
    links: { allowHosts: environment.LINKS_ALLOW_HOSTS },
  };
  const merged: Record<string, unknown> = { ...found };
  for (const [name, values] of Object.entries(given)) {
    const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length === 0) continue;
    const section = merged[name] ?? {};
    merged[name] = typeof section === 'object' ? { ...section, ...set } : section;
  }
  return merged;
}

function sentences(error: z.ZodError, file: string): string {
  const lines = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const keys = issue.keys.map((key) => [...issue.path, key].join('.'));
      return `the key ${keys.join(', ')} is unknown; see config/backscroll.yaml for the keys there are`;
    }
    const path = issue.path.join('.') || 'the whole file';
    return `${path} is ${shown(issue.input)}; allowed: ${allowed(issue)}`;
  });
  return `${file}: ${lines.join('. ')}.`;
}

function shown(input: unknown): string {
  const text = JSON.stringify(input) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What zod's issue says is allowed, in the operator's words. */
function allowed(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('a whole number')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'object' ? 'a section of keys' : `a ${issue.expected}`;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_format':
      return issue.format === 'url' ? 'a URL that begins with http:// or https://' : `a valid ${issue.format}`;
    default:
      return issue.message;
  }
}
