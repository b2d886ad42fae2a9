import { BackscrollError } from '../../../base/BackscrollError.ts';

const TIMEOUT_MS = 10_000;

/**
 * Answers by a `response_url` (good for 30 minutes and five times):
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
 * Throws BackscrollError `refused` for an address that is not Slack's or that Slack does not take any more,
 * `unavailable` when it does not answer.
 * @param apiUrl SLACK_API_URL, whose host is Slack to us as well
 */
export async function sendToResponseUrl(
  url: string,
  message: Readonly<Record<string, unknown>>,
  apiUrl: string | undefined,
): Promise<void> {
  if (!isSlacks(url, apiUrl)) {
    throw new BackscrollError('refused', 'An address to answer to is not one of Slack. Nothing was sent there.');
  }
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    await response.body?.cancel();
  } catch (cause) {
    throw new BackscrollError('unavailable', 'Slack did not take a private answer.', { cause });
  }
  if (status >= 300) throw new BackscrollError('refused', `Slack answered a private answer with HTTP ${status}.`);
}

function isSlacks(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, protocol, hostname } = new URL(url);
  if (apiUrl && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && (hostname === 'slack.com' || hostname.endsWith('.slack.com'));
}
