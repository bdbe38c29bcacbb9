/** Native elements inside built-in components: their events reach the component alone. */

import { hostOf, type Instance } from '../framework'

/** What a form, a label and a group need from a control. */
export interface Control {
  name: () => string
  value: () => unknown
  reset: () => void
  activate: () => void
}

type Listeners = Record<string, (event: any) => void>

const controls = new WeakMap<Element, Control>()
const listeners = new WeakMap<EventTarget, Listeners>()

/**
 * Creates an element in the component's host that tells only `heard`. Without this the framework would hand the
 * browser's own `input` or `change` to the program, without `detail.value`.
 */
export function addNative<Name extends keyof HTMLElementTagNameMap>(
  host: HTMLElement,
  name: Name,
  heard: Listeners,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  listeners.set(element, heard)
  host.append(element)
  return element
}

for (const type of ['input', 'change', 'focus', 'blur']) {
  window.addEventListener(
    type,
    (event) => {
      const heard = event.target && listeners.get(event.target)
      if (!heard) return
      event.stopImmediatePropagation()
      heard[type]?.(event)
    },
    true,
  )
}

/** Makes a component known as a control. */
export function addControl(component: Instance, control: Control): void {
  const host = hostOf(component)
  host.toggleAttribute('data-control', true)
  controls.set(host, control)
}

/** The controls below an element, in the order of the page. */
export function listControls(element: Element): Control[] {
  return [...element.querySelectorAll('[data-control]')].map((each) => controls.get(each)!)
}

/** The control of a host, if it is one. */
export function controlOf(host: Element | null): Control | undefined {
  return host ? controls.get(host) : undefined
}

/** Lets the keyboard do what a tap does. */
export function makePressable(host: HTMLElement, role: string, press: () => void): void {
  host.tabIndex = 0
  if (!host.hasAttribute('role')) host.setAttribute('role', role)
  host.addEventListener('keydown', (event) => {
    if (event.target !== host || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    if (host.getAttribute('aria-disabled') !== 'true') press()
  })
}

/** A tap as the finger makes it, from the middle of the host. */
export function triggerTap(component: Instance): void {
  const box = hostOf(component).getBoundingClientRect()
  const detail = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  component.triggerEvent('tap', detail, { bubbles: true, composed: true })
}
