import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../../base/log.ts';

/**
 * The log that Slack's libraries write to. Their debug lines hold whole payloads (people's words, tickets of sockets),
 * so that those are dropped, and addresses and tokens are taken out of what is kept.
 */
export function createSlackLog(log: Log): Logger {
  const line = (parts: readonly unknown[]) =>
    parts
      .map((part) => (part instanceof Error ? part.message : typeof part === 'string' ? part : ''))
      .join(' ')
      .replace(/\b(?:wss?|https?):\/\/\S+/g, '<url>')
      .replace(/\bx(?:ox[a-z]|app)-[A-Za-z0-9-]+/g, '<token>')
      .slice(0, 500);
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => log.debug({ slack: line(parts) }, 'slack'),
    error: (...parts) => log.warn({ slack: line(parts) }, 'slack'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
