/** Selector queries: where the nodes of a page are, seen from the page's own corner. */

import type { Instance } from '../framework'
import { topPage } from '../pages'
import type { Json } from '../program'

type Callback = (result: any) => void

interface Question {
  component: Instance
  selector: string | null
  isSingle: boolean
  fields: Json
  callback?: Callback
}

class Nodes {
  constructor(
    private readonly query: SelectorQuery,
    private readonly selector: string | null,
    private readonly isSingle: boolean,
  ) {}

  fields(fields: Json, callback?: Callback): SelectorQuery {
    return this.query.add({ selector: this.selector, isSingle: this.isSingle, fields, callback })
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, callback)
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, callback)
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback)
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback)
  }
}

export class SelectorQuery {
  private readonly questions: Question[] = []

  constructor(private component: Instance) {}

  in(component: Instance): this {
    this.component = component
    return this
  }

  select(selector: string): Nodes {
    return new Nodes(this, selector, true)
  }

  selectAll(selector: string): Nodes {
    return new Nodes(this, selector, false)
  }

  selectViewport(): Nodes {
    return new Nodes(this, null, true)
  }

  add(question: Omit<Question, 'component'>): this {
    this.questions.push({ ...question, component: this.component })
    return this
  }

  exec(callback?: Callback): this {
    setTimeout(() => {
      const results = this.questions.map(answer)
      this.questions.forEach((question, index) => question.callback?.(results[index]))
      callback?.(results)
    })
    return this
  }
}

function answer({ component, selector, isSingle, fields }: Question): unknown {
  const page = topPage()!
  if (selector === null) return describe(page.scroller, page.scroller, fields, {})
  const shadow = component._$.getShadowRoot()
  const found = isSingle ? [shadow.querySelector(selector)].filter(Boolean) : shadow.querySelectorAll(selector)
  const results = found.map((node: any) => describe(node.$$, page.scroller, fields, node))
  return isSingle ? (results[0] ?? null) : results
}

function describe(element: HTMLElement, scroller: HTMLElement, fields: Json, node: Json): Json {
  const box = element.getBoundingClientRect()
  const corner = scroller.getBoundingClientRect()
  const [left, top] = [box.left - corner.left, box.top - corner.top]
  const result: Json = {}
  if (fields.id) result.id = node.id ?? ''
  if (fields.dataset) result.dataset = node.dataset ?? {}
  if (fields.rect) Object.assign(result, { left, top, right: left + box.width, bottom: top + box.height })
  if (fields.size) Object.assign(result, { width: box.width, height: box.height })
  if (fields.scrollOffset) {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = element
    Object.assign(result, { scrollLeft, scrollTop, scrollWidth, scrollHeight })
  }
  for (const name of fields.properties ?? []) result[name] = node.data?.[name]
  if (fields.computedStyle) {
    const style = getComputedStyle(element) as any
    for (const name of fields.computedStyle) result[name] = style[name]
  }
  if (fields.node) result.node = canvasNode(element)
  return result
}

/** The canvas of a `<canvas type="2d">`, with what WeChat adds to it. */
function canvasNode(element: HTMLElement): unknown {
  const canvas = element.querySelector('canvas')
  if (!canvas) return null
  return Object.assign(canvas, {
    createImage: () => new Image(),
    requestAnimationFrame: (act: FrameRequestCallback) => window.requestAnimationFrame(act),
    cancelAnimationFrame: (id: number) => window.cancelAnimationFrame(id),
  })
}

export const queries = {
  createSelectorQuery: () => new SelectorQuery(topPage()!.instance),
  createIntersectionObserver: (component: Instance, options?: Json) =>
    (component ?? topPage()!.instance).createIntersectionObserver(options),
  createMediaQueryObserver: (component: Instance) => (component ?? topPage()!.instance).createMediaQueryObserver(),
}

