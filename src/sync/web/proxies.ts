import { BackscrollError } from '../../base/BackscrollError.ts';

/** The usual variables of the environment; names in small letters count too, and win. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly none?: string;
}

/** Which proxy a request goes through; undefined for none. */
export type ProxyFor = (url: URL) => string | undefined;

/** @throws BackscrollError `usage` for a proxy that is no http(s) address; the address itself may hold a password */
export function createProxyFor(settings: ProxySettings): ProxyFor {
  const proxies = { 'http:': checked('HTTP_PROXY', settings.http), 'https:': checked('HTTPS_PROXY', settings.https) };
  const exceptions = (settings.none ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseException);
  return (url) => {
    const proxy = proxies[url.protocol as 'http:' | 'https:'];
    if (proxy === undefined || exceptions.some((excepts) => excepts(url))) return undefined;
    return proxy;
  };
}

function checked(name: string, value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  throw new BackscrollError('usage', `${name} is no proxy that can be used. Write http://host:port, or unset it.`);
}

/** `*`, `example.com` (with everything below it), `.example.com`, `host:8080`. */
function parseException(entry: string): (url: URL) => boolean {
  if (entry === '*') return () => true;
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase().replace(/^\*?\./, '')) ?? [];
  return (url) => {
    const own = url.port || (url.protocol === 'https:' ? '443' : '80');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    return (host === name || host.endsWith(`.${name}`)) && (port === undefined || port === own);
  };
}
