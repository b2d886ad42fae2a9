import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/knowledge/chroma/serverProcess.ts',
    'src/**/worker.ts',
    'test/**/threads/*.ts',
    'tools/*/main.ts',
    'test/**/*.test.ts',
  ],
  project: ['src/**/*.ts', 'config/**/*.ts', 'tools/**/*.ts', 'test/**/*.ts'],
  // Types that stand in the signature of an exported function are exported with it.
  ignoreExportsUsedInFile: { interface: true, type: true },
} satisfies KnipConfig;
