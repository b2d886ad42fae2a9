import type { AllowHosts } from '../../web/allowHosts.ts';

/** What can never be a document: pictures, sound, films, archives, programs, fonts. */
const NO_DOCUMENT =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|heic|mp[34]|m4[av]|mov|avi|mkv|webm|wav|ogg|flac|zip|gz|tgz|bz2|xz|zst|7z|rar|tar|exe|msi|dmg|pkg|iso|img|apk|deb|rpm|jar|bin|so|dll|woff2?|ttf|otf|css|js|mjs|wasm|map)$/i;

/** Names that stand for nothing on the internet (RFC 2606, 6761, 7686): people write them as examples. */
const NOWHERE = new Set(['example', 'test', 'invalid', 'localhost', 'onion']);

/**
 * Whether an address is worth asking for.
 * @param skipHosts names, each with everything below it
 * @param allowHosts what the operator names is asked, whatever it is called
 */
export function createWorthReading(skipHosts: readonly string[], allowHosts: AllowHosts): (url: string) => boolean {
  const skipped = new Set(skipHosts.map((host) => host.toLowerCase().replace(/^\*?\.|\.$/g, '')));
  return (address) => {
    const { hostname, pathname, port, protocol } = new URL(address);
    if (NO_DOCUMENT.test(pathname)) return false;
    if (allowHosts.allows(hostname, Number(port) || (protocol === 'https:' ? 443 : 80))) return true;
    const labels = hostname.toLowerCase().split('.');
    if (NOWHERE.has(labels.at(-1) ?? '')) return false;
    return !labels.some((_, at) => skipped.has(labels.slice(at).join('.')));
  };
}
