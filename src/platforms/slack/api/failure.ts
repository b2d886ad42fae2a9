import { webApi } from '@slack/bolt';
import { BackscrollError } from '../../../base/BackscrollError.ts';

/** The token is good for nothing any more: only the operator can help. */
const REVOKED = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'team_access_not_granted',
]);
/** Slack's own troubles, told with HTTP 200. */
const TROUBLES = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);
/** Where the answer should go is not there (any more) for us. */
const GONE = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'thread_not_found',
  'cannot_reply_to_message',
  'restricted_action',
  'restricted_action_thread_only_channel',
  'restricted_action_read_only_channel',
  'user_not_found',
  'user_disabled',
  'messages_tab_disabled',
  'cannot_dm_bot',
  'ekm_access_denied',
]);
/** What Slack would not show as it was written. */
const UNSHOWABLE = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'markdown_text_conflict',
  'invalid_chunks',
  'no_text',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_too_large',
]);

/** Slack's own word for why it refused (`channel_not_found`), if the error came from Slack. */
export function slackWord(error: unknown): string | undefined {
  const cause = error instanceof BackscrollError ? error.cause : error;
  return cause instanceof webApi.WebAPIPlatformError ? cause.data.error : undefined;
}

export const isRevoked = (error: unknown) => REVOKED.has(slackWord(error) ?? '');
export const isGone = (error: unknown) => GONE.has(slackWord(error) ?? '');
export const isUnshowable = (error: unknown) => UNSHOWABLE.has(slackWord(error) ?? '');

/** What became of a call: how long Slack wants us to wait, or the error as ours. */
export function readFailure(method: string, error: unknown): { readonly retryAfterMs: number } | BackscrollError {
  const cause = unwrapped(error);
  if (cause instanceof webApi.WebAPIRateLimitedError) return { retryAfterMs: Math.max(1, cause.retryAfter) * 1000 };
  const because = { cause };
  if (cause instanceof webApi.WebAPIPlatformError) {
    const word = cause.data.error;
    if (TROUBLES.has(word) || !/^[a-z0-9_]{1,80}$/.test(word)) {
      return new BackscrollError('unavailable', `Slack could not do ${method}. It is tried again.`, because);
    }
    return new BackscrollError('refused', refusal(method, word, (cause.data as { needed?: unknown }).needed), because);
  }
  if (cause instanceof webApi.WebAPIHTTPError) {
    return new BackscrollError('unavailable', `Slack answered ${method} with HTTP ${cause.statusCode}.`, because);
  }
  return new BackscrollError('unavailable', `Slack did not answer ${method}.`, because);
}

/** Retries wrap what stopped them. */
function unwrapped(error: unknown): unknown {
  const inner = (error as { originalError?: unknown } | undefined)?.originalError;
  return inner instanceof Error ? inner : error;
}

function refusal(method: string, word: string, lacking: unknown): string {
  if (REVOKED.has(word)) {
    return `Slack refuses the bot's token (${word}). Install the app to the workspace again, set SLACK_BOT_TOKEN to the new token and restart.`;
  }
  if (word === 'missing_scope') {
    const needed = typeof lacking === 'string' ? ` ${lacking.slice(0, 200)}` : '';
    return `Slack refuses ${method}: the app lacks the scope${needed}. Bring the app's settings in line with config/slack-manifest.yaml and install it again.`;
  }
  return `Slack refuses ${method}: ${word}.`;
}
