const ATTRIBUTE = /[\s"']([\w-]{1,40})\s*=\s*(?:"([^"]{0,500})"|'([^']{0,500})')/g;
/** What says most about a component, best first. */
const TELLING = ['title', 'label', 'text', 'alt', 'content', 'name', 'path', 'value'];

/** The plain attributes of a tag (no entities resolved; bound ones such as `:value` left out). */
export function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of tag.slice(0, 4_096).matchAll(ATTRIBUTE)) {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), double ?? single ?? '');
  }
  return found;
}

/**
 * What a self-closing component of a documentation site stands for, as text:
 * `<DocsLink path="ThreadChannel:Class#join" type="method" />` is `ThreadChannel#join()`. Empty if it does not tell.
 */
export function componentText(tag: string): string {
  const attributes = attributesOf(tag);
  for (const name of TELLING) {
    const value = attributes.get(name)?.trim();
    if (!value) continue;
    const call = attributes.get('type') === 'method' && !value.endsWith(')') ? '()' : '';
    return name === 'path' ? value.replace(/:[A-Z][A-Za-z]{0,40}(?=$|[#.])/g, '') + call : value;
  }
  return '';
}
