import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../config/load.ts';
import { configSchema } from '../../config/schema.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'backscroll-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const load = (yaml: string | undefined, variables: NodeJS.ProcessEnv = {}) => {
  if (yaml !== undefined) writeFileSync(join(cwd, 'mine.yaml'), yaml);
  return loadConfig(variables, { cwd, ...(yaml === undefined ? {} : { file: 'mine.yaml' }) });
};
const SHIPPED = join(import.meta.dirname, '../../config/backscroll.yaml');

describe('config/backscroll.yaml', () => {
  it('shows every option with its default', () => {
    expect(parse(readFileSync(SHIPPED, 'utf8'))).toEqual(configSchema.parse({}));
  });

  it('is used when there is no other', () => {
    expect(load(undefined).config).toEqual(configSchema.parse({}));
  });
});

describe('where options come from', () => {
  it('a file in the home goes before the one that is shipped', () => {
    writeFileSync(join(cwd, 'backscroll.yaml'), 'answers: { passages: 3 }');
    expect(load(undefined, { BACKSCROLL_HOME: cwd }).config.answers.passages).toBe(3);
  });

  it('the environment wins over the file', () => {
    const { config } = load('server: { port: 4000 }', { PORT: '5000', HOST: '::1', LOG_LEVEL: 'debug' });
    expect(config.server).toMatchObject({ host: '::1', port: 5000 });
    expect(config.log.level).toBe('debug');
  });

  it('a variable that is set to nothing counts as not set', () => {
    expect(load('server: { port: 4000 }', { PORT: ' ' }).config.server.port).toBe(4000);
  });

  it('EMBEDDING_MODEL asks for the server’s embeddings', () => {
    expect(
      load('{}', { EMBEDDING_MODEL: 'e5', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }).config.embedding,
    ).toMatchObject({ provider: 'openai', model: 'e5' });
  });

  it('the address of a proxy is taken as an origin, however it is written', () => {
    const { config } = load('server: { publicUrl: "https://Ask.Example.com:443/" }');
    expect(config.server.publicUrl).toBe('https://ask.example.com');
  });

  it('an empty file is a file of defaults', () => {
    expect(load('').config).toEqual(configSchema.parse({}));
  });
});

describe('what is wrong is said with the key, what was found and what is allowed', () => {
  const wrong: [string, string, NodeJS.ProcessEnv, RegExp][] = [
    ['an unknown section', 'sever: {}', {}, /mine\.yaml: the key sever is unknown/],
    ['an unknown key', 'server: { prot: 1 }', {}, /the key server\.prot is unknown/],
    ['a wrong type', 'server: { port: many }', {}, /server\.port is "many"; allowed: a whole number from 0 to 65535/],
    [
      'a number out of range',
      'server: { port: 70000 }',
      {},
      /server\.port is 70000; allowed: a whole number from 0 to 65535/,
    ],
    ['a word that is not a choice', 'log: { level: loud }', {}, /log\.level is "loud"; allowed: silent, error, warn/],
    ['a section that is a text', 'server: here', {}, /server is "here"; allowed: a section of keys/],
    [
      'options that contradict',
      'passages: { targetTokens: 900 }',
      {},
      /passages\.targetTokens is 900; allowed: at most passages\.maxTokens/,
    ],
    ['a file that is a list', '- a', {}, /the whole file is \["a"\]; allowed: a section of keys/],
    ['no YAML', 'server: [', {}, /mine\.yaml is not YAML/],
    [
      'embeddings of no server',
      '{}',
      { EMBEDDING_MODEL: 'e5' },
      /no server is named\. Set OPENAI_API_KEY or OPENAI_BASE_URL/,
    ],
    ['a variable', '{}', { PORT: 'abc' }, /The environment variable PORT \(a whole number from 0 to 65535\)/],
    [
      'an address with a path',
      'server: { publicUrl: "https://example.com/ask" }',
      {},
      /server\.publicUrl is "https:.*allowed: an address without a path, like https:/,
    ],
    [
      'a URL',
      '{}',
      { CHROMA_URL: 'ftp://secret-host' },
      /The environment variable CHROMA_URL \(a URL that begins with http/,
    ],
  ];
  it.each(wrong)('%s', (_, yaml, variables, sentence) => {
    expect(() => load(yaml, variables)).toThrow(sentence);
    expect(() => load(yaml, variables)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('a file that is not there', () => {
    expect(() => loadConfig({}, { cwd, file: 'none.yaml' })).toThrow(/none\.yaml cannot be read/);
  });

  it('never shows the value of a variable: it might be a secret in the wrong place', () => {
    expect(() => load('{}', { CHROMA_URL: 'ftp://secret-host' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret-host') }),
    );
  });
});
