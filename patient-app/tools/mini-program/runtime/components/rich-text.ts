/** The content of a rich-text: HTML or nodes, with the tags and attributes that WeChat lets through. */

import type { Json } from '../program'

const TAGS = new Set(
  (
    'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em ' +
    'fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section ' +
    'small span strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
)
const ATTRIBUTES = new Set(['class', 'style', 'width', 'height', 'src', 'alt', 'colspan', 'rowspan', 'dir', 'start'])

/** Replaces what the host shows. */
export function fillRichText(host: HTMLElement, nodes: unknown): void {
  host.replaceChildren()
  if (typeof nodes === 'string') {
    const parsed = new DOMParser().parseFromString(nodes, 'text/html')
    host.append(...present([...parsed.body.childNodes].map(cleanNode)))
  } else if (Array.isArray(nodes)) {
    host.append(...present(nodes.map(buildNode)))
  }
}

function present(nodes: (Node | null)[]): Node[] {
  return nodes.filter((node): node is Node => node !== null)
}

function cleanNode(node: Node): Node | null {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.textContent ?? '')
  if (!(node instanceof Element)) return null
  const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]))
  return makeElement(node.localName, attributes, [...node.childNodes].map(cleanNode))
}

function buildNode(node: Json): Node | null {
  if (node.type === 'text') return document.createTextNode(String(node.text ?? ''))
  return makeElement(String(node.name), node.attrs ?? {}, (node.children ?? []).map(buildNode))
}

function makeElement(name: string, attributes: Json, children: (Node | null)[]): Node | null {
  if (!TAGS.has(name)) return null
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(key)) element.setAttribute(key, String(value))
  }
  element.append(...present(children))
  return element
}
