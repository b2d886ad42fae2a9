/** A random uuid; `crypto.randomUUID` is missing where the page is not opened on this machine itself. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Asks the server. Throws an Error whose message is a sentence for the person; `status` is 0 when it was not reached. */
export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  } catch {
    throw trouble('Backscroll cannot be reached. Is it still running?', 0);
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer) return answer;
  throw trouble(answer?.error ?? `Backscroll answered with an error (${response.status}).`, response.status);
}

function trouble(sentence, status) {
  return Object.assign(new Error(sentence), { status });
}
