/** glass-easel, Tencent's own component framework, set up as WeChat's base library does. */

import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { convertUnits } from '../units.mjs'
import { program, reportError, unsupported, type Json } from './program'

/** A component as the code of this runtime sees it. */
export interface Instance {
  data: Json
  is: string
  route?: string
  setData(data: Json): void
  triggerEvent(name: string, detail?: unknown, options?: Json): void
  [name: string]: any
}

export interface BuiltIn {
  /** The properties; every one takes any value, as in WeChat, where a template may give text for a boolean. */
  properties?: string[]
  /** Called with the host's element when the component enters the page. */
  attached?: (component: Instance, host: HTMLElement) => void
  detached?: (component: Instance, host: HTMLElement) => void
  /** What to do when a property changes (also once at the beginning if it was given). */
  changed?: Record<string, (component: Instance, host: HTMLElement) => unknown>
}

glassEasel.globalOptions.useMethodCallerListeners = true // uni-app puts its handlers on the instance while running
glassEasel.globalOptions.throwGlobalError = false

// Attributes of a template that WeChat hands to the telephone's screen reader.
const SPOKEN: Record<string, string> = {
  role: 'role',
  ariaRole: 'role',
  ariaLabel: 'aria-label',
  ariaChecked: 'aria-checked',
  ariaCurrent: 'aria-current',
  ariaDisabled: 'aria-disabled',
  ariaHidden: 'aria-hidden',
  ariaLive: 'aria-live',
  ariaModal: 'aria-modal',
  ariaPressed: 'aria-pressed',
}

export const environment = new MiniProgramEnv()
const globalSpace = environment.getGlobalCodeSpace()
const defined: string[] = []
const ready = new WeakSet<object>() // components whose host has what `attached` puts there

/** The element of a component's host. */
export function hostOf(component: Instance): HTMLElement {
  return component._$.$$ as HTMLElement
}

/** The element below `root` whose node has this id in the template: the framework keeps ids to itself. */
export function findById(root: Element, id: unknown): HTMLElement | undefined {
  if (!id) return undefined
  return [...root.querySelectorAll<HTMLElement>('*')].find((element) => (element as any).__wxElement?.id === id)
}

/** Whether a property is on: `<input disabled>` gives an empty text. */
export function isOn(value: unknown): boolean {
  return value === '' || (Boolean(value) && value !== 'false')
}

/** Defines a built-in component; it lays its children out as they come. */
export function defineBuiltIn(name: string, definition: BuiltIn = {}): void {
  const { properties = [], attached, detached, changed = {} } = definition
  const all = [...new Set(['hidden', 'hoverClass', ...Object.keys(SPOKEN), ...properties, ...Object.keys(changed)])]
  const spoken = Object.fromEntries(Object.keys(SPOKEN).map((name) => [name, speak(name)]))
  const observers = Object.entries({ hidden: showOrHide, ...spoken, ...changed })
  globalSpace.addComponentStaticConfig(name, { component: true, usingComponents: {} })
  globalSpace
    .component(name)
    .definition({
      properties: Object.fromEntries(all.map((each) => [each, null])) as any,
      observers: observers.map(([field, act]) => ({
        fields: field,
        observer(this: any) {
          if (ready.has(this)) act(this, hostOf(this))
        },
      })) as any,
      lifetimes: {
        attached(this: any) {
          attached?.(this, hostOf(this))
          ready.add(this)
          for (const [, act] of observers) act(this, hostOf(this))
        },
        detached(this: any) {
          detached?.(this, hostOf(this))
        },
      },
    } as any)
    .register()
  defined.push(name)
}

function showOrHide(component: Instance, host: HTMLElement): void {
  host.toggleAttribute('hidden', isOn(component.data.hidden))
}

/** Lets assistive technology hear a property: nothing given leaves what the component says by itself. */
function speak(name: string) {
  return (component: Instance, host: HTMLElement) => {
    const value = component.data[name]
    if (value != null && value !== '') host.setAttribute(SPOKEN[name], String(value))
  }
}

/** Defines the built-in components that nobody filled in: they show their children and are listed when used. */
export function defineStandIns(): void {
  for (const name of program.builtIn.names.filter((each) => !defined.includes(each))) {
    defineBuiltIn(name, { attached: () => unsupported.add(`<${name}>`) })
  }
}

/** WeChat hands plain event objects to handlers, with `detail`, `target.dataset` … of their own. */
function useWeChatEvents(): void {
  glassEasel.Event.prototype.wrapShadowedEvent = function (target: any, mark: any, currentTarget: any): any {
    const event = this as any
    const original = event.getOriginalEvent?.() ?? {}
    return Object.assign(Object.create(event), {
      type: event.type,
      timeStamp: event.timeStamp,
      detail: event.detail,
      mark,
      target: describeTarget(target),
      currentTarget: describeTarget(currentTarget),
      touches: listTouches(original.touches),
      changedTouches: listTouches(original.changedTouches),
    })
  }
}

function describeTarget(target: any): Json {
  const element = target?._$?.$$ as HTMLElement | undefined
  return {
    id: target?.id ?? '',
    dataset: target?.dataset ?? {},
    offsetLeft: element?.offsetLeft ?? 0,
    offsetTop: element?.offsetTop ?? 0,
  }
}

function listTouches(touches: Iterable<Touch> | undefined): Json[] {
  return Array.from(touches ?? [], ({ identifier, pageX, pageY, clientX, clientY }) => ({
    ...{ identifier, pageX, pageY, clientX, clientY },
  }))
}

/** Styles in templates use WeChat's units too. */
function useWeChatUnits(): void {
  const setAttribute = Element.prototype.setAttribute
  Element.prototype.setAttribute = function (name: string, value: string) {
    setAttribute.call(this, name, name === 'style' && typeof value === 'string' ? convertUnits(value) : value)
  }
}

const TAPS = new Set(['tap', 'longpress', 'longtap', 'click'])
const backendContext = new glassEasel.CurrentWindowBackendContext()

/** Sets everything up; the built-in components must be defined by now. */
export function startFramework(): void {
  useWeChatEvents()
  useWeChatUnits()
  glassEasel.addGlobalErrorListener((error: unknown, method: any) => {
    reportError(`component ${method?.type ?? ''}`, error)
    return false
  })
  glassEasel.addGlobalWarningListener(() => false) // properties that only WeChat's own components have
  backendContext.onEvent((target: any, type: string, detail: any, eventOptions: any) => {
    const touched = eventOptions.originalEvent?.target as Element | undefined
    if (TAPS.has(type) && touched?.closest?.('[aria-disabled=true]')) return
    glassEasel.Event.triggerEvent(target, type, detail, eventOptions)
  })
}

/** The space in which the program's own components live. */
export const codeSpace = environment.createCodeSpace('', true)
export const backend = environment.associateBackend(backendContext)

/** Lets every template of the program use the built-in components. */
export function offerBuiltIns(): void {
  const space = codeSpace.getComponentSpace()
  for (const name of defined) {
    const component = globalSpace.getComponentSpace().getComponentByUrl(name, '')
    space.setGlobalUsingComponent(program.builtIn.prefix + name, component)
  }
}
