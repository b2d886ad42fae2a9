import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Chroma and browsers are real: they need a moment on a small machine. No test measures time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // By itself vitest leaves one core free: on a machine of two that is one file at a time, and most of them wait.
    maxWorkers: Math.max(2, availableParallelism()),
    env: {
      // Nothing of the machine's own settings may reach a test.
      LOG_LEVEL: 'silent',
      BACKSCROLL_HOME: '',
      BACKSCROLL_CONFIG: '',
      SLACK_BOT_TOKEN: '',
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: '',
      SLACK_API_URL: '',
      DISCORD_TOKEN: '',
      DISCORD_API_URL: '',
      OPENAI_API_KEY: '',
      OPENAI_BASE_URL: '',
      OPENAI_MODEL: '',
      EMBEDDING_MODEL: '',
      CHROMA_URL: '',
      CHROMA_API_KEY: '',
      LINKS_ALLOW_HOSTS: '',
      GITHUB_TOKEN: '',
      HTTP_PROXY: '',
      HTTPS_PROXY: '',
      http_proxy: '',
      https_proxy: '',
      PORT: '',
      HOST: '',
    },
  },
});
