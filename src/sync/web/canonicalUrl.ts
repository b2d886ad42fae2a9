/** What marks a visit, not a page: campaigns, clicks, sharing. */
const VISIT =
  /^(?:utm_[a-z_]+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|ref_src|ref_url|vero_(?:id|conv)|__twitter_impression)$/i;
const MAX_CHARACTERS = 2_048;

/**
 * One spelling for an address, so that one page is one document: scheme and host in small letters, the default port and the
 * fragment gone, parameters without what marks a visit. A fragment that is a route (`#/…`, `#!…`) would name another page,
 * which nobody can fetch: it goes too. Nothing else is guessed: `/a` and `/a/`, `http` and `https` may differ.
 * @returns undefined for what is no http(s) address, or carries a name or password
 */
export function canonicalUrl(address: string): string | undefined {
  if (address.length > MAX_CHARACTERS) return undefined;
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  const visits = [...url.searchParams.keys()].filter((name) => VISIT.test(name));
  for (const name of visits) url.searchParams.delete(name);
  if (url.search === '') url.search = '';
  return url.href.length > MAX_CHARACTERS ? undefined : url.href;
}
