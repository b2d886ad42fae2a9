const SVG = 'http://www.w3.org/2000/svg';

/** Makes a node of a drawing. Text becomes text nodes; looks are in the style sheet. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return node;
}

/** Shortens the text of a `text` node that is in the page until it is no wider than so many units. */
export function shorten(node, most) {
  if (node.getComputedTextLength() <= most) return;
  const letters = [...node.textContent];
  let fits = 0;
  let over = letters.length;
  while (over - fits > 1) {
    const half = (fits + over) >> 1;
    node.textContent = `${letters.slice(0, half).join('').trimEnd()}…`;
    if (node.getComputedTextLength() <= most) fits = half;
    else over = half;
  }
  node.textContent = `${letters.slice(0, fits).join('').trimEnd()}…`;
}
