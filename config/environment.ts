import { z } from 'zod';

/** A variable that is set to nothing counts as not set, as in `.env` files. */
const text = z
  .string()
  .optional()
  .transform((value) => (value?.trim() ? value.trim() : undefined));
const url = text.pipe(z.url({ protocol: /^https?$/ }).optional());

/** The environment variables that Backscroll reads; nothing else of the environment is looked at. */
export const environmentSchema = z.object({
  BACKSCROLL_HOME: text,
  BACKSCROLL_CONFIG: text,
  PORT: text
    .refine((value) => value === undefined || /^\d{1,5}$/.test(value), 'a whole number from 0 to 65535')
    .transform((value) => (value === undefined ? undefined : Number(value))),
  HOST: text,
  LOG_LEVEL: text,
  SLACK_BOT_TOKEN: text,
  SLACK_APP_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: url,
  DISCORD_TOKEN: text,
  DISCORD_API_URL: url,
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url,
  OPENAI_MODEL: text,
  EMBEDDING_MODEL: text,
  CHROMA_URL: url,
  CHROMA_API_KEY: text,
  CHROMA_TENANT: text,
  CHROMA_DATABASE: text,
  LINKS_ALLOW_HOSTS: text.transform((hosts) =>
    hosts
      ?.split(',')
      .map((host) => host.trim())
      .filter(Boolean),
  ),
  GITHUB_TOKEN: text,
  // Everybody's, in both spellings; the small one wins, as it does elsewhere.
  HTTP_PROXY: text,
  HTTPS_PROXY: text,
  NO_PROXY: text,
  http_proxy: text,
  https_proxy: text,
  no_proxy: text,
});

export type Environment = z.output<typeof environmentSchema>;

/** The proxies of the environment, as `sync/web` takes them. */
export function proxiesOf(environment: Environment): { http?: string; https?: string; none?: string } {
  const http = environment.http_proxy ?? environment.HTTP_PROXY;
  const https = environment.https_proxy ?? environment.HTTPS_PROXY;
  const none = environment.no_proxy ?? environment.NO_PROXY;
  return { ...(http ? { http } : {}), ...(https ? { https } : {}), ...(none ? { none } : {}) };
}
