import type { KnipConfig } from 'knip';

export default {
  entry: [
    'bin/backscroll.js',
    'src/knowledge/chroma/serverProcess.ts',
    'src/**/worker.ts',
    'tools/*/main.ts',
    'test/**/*.test.ts',
  ],
  project: ['src/**/*.ts', 'config/**/*.ts', 'tools/**/*.ts', 'test/**/*.ts'],
  // Types that stand in the signature of an exported function are exported with it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Brought along for machines with an older Node, and looked up by name at run time.
  ignoreDependencies: ['node', 'chromadb-js-bindings-linux-x64-gnu-1-0'],
} satisfies KnipConfig;
