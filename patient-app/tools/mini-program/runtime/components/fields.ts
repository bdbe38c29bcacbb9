/** input and textarea. */

import { defineBuiltIn, isOn, type Instance } from '../framework'
import { addControl, addNative } from './native'

const DEFAULT_MAXLENGTH = 140 // what WeChat allows when nothing is said; -1 lifts the limit
const MODES: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel' }
const PROPERTIES = [
  ...['name', 'type', 'placeholderStyle', 'placeholderClass', 'confirmType', 'confirmHold', 'cursorSpacing', 'cursor'],
  ...['adjustPosition', 'holdKeyboard', 'selectionStart', 'selectionEnd', 'showConfirmBar', 'disableDefaultPadding'],
  ...['fixed', 'alwaysEmbed'],
]

type Field = HTMLInputElement | HTMLTextAreaElement

export function defineFields(): void {
  defineField('input')
  defineField('textarea')
}

function defineField(tag: 'input' | 'textarea'): void {
  const field = (host: HTMLElement) => host.querySelector(tag) as Field
  const write = (component: Instance, host: HTMLElement) => {
    const text = String(component.data.value ?? '')
    if (field(host).value !== text) field(host).value = text
    fit(component, host)
  }
  const fit = (component: Instance, host: HTMLElement) => {
    if (tag !== 'textarea' || !isOn(component.data.autoHeight)) return
    host.style.height = 'auto'
    field(host).style.height = 'auto'
    field(host).style.height = `${field(host).scrollHeight}px`
  }
  defineBuiltIn(tag, {
    properties: PROPERTIES,
    attached(component, host) {
      const told = () => ({ value: field(host).value, cursor: field(host).selectionStart ?? 0, keyCode: 0 })
      const element = addNative(host, tag, {
        input: () => {
          component.setData({ value: field(host).value })
          component.triggerEvent('input', told())
          fit(component, host)
        },
        focus: () => component.triggerEvent('focus', { ...told(), height: 0 }),
        blur: () => component.triggerEvent('blur', told()),
      })
      element.addEventListener('keydown', ((event: KeyboardEvent) => {
        if (event.key === 'Enter' && tag === 'input') component.triggerEvent('confirm', told())
      }) as EventListener)
      addControl(component, {
        name: () => String(component.data.name ?? ''),
        value: () => field(host).value,
        reset: () => component.setData({ value: '' }),
        activate: () => field(host).focus(),
      })
    },
    changed: {
      value: write,
      type(component, host) {
        const mode = MODES[component.data.type as string]
        if (mode) field(host).inputMode = mode
      },
      password(component, host) {
        if (tag === 'input') field(host).setAttribute('type', isOn(component.data.password) ? 'password' : 'text')
      },
      placeholder: (component, host) => (field(host).placeholder = String(component.data.placeholder ?? '')),
      disabled: (component, host) => (field(host).disabled = isOn(component.data.disabled)),
      maxlength(component, host) {
        const most = component.data.maxlength == null ? DEFAULT_MAXLENGTH : Number(component.data.maxlength)
        if (most < 0) field(host).removeAttribute('maxlength')
        else field(host).maxLength = most
      },
      focus(component, host) {
        if (isOn(component.data.focus)) requestAnimationFrame(() => field(host).focus())
      },
      autoHeight: fit,
      ariaLabel(component, host) {
        if (component.data.ariaLabel) field(host).setAttribute('aria-label', String(component.data.ariaLabel))
      },
    },
  })
}
