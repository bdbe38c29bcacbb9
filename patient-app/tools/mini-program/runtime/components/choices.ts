/** switch, checkbox, radio with their groups, slider, label, button, form, navigator. */

import { defineBuiltIn, findById, isOn, type Instance } from '../framework'
import { navigate } from '../pages'
import { openCapability } from '../wx/capabilities'
import { addControl, addNative, controlOf, listControls, makePressable, triggerTap } from './native'

export function defineChoices(): void {
  defineSwitch()
  defineMember('checkbox')
  defineMember('radio')
  defineGroup('checkbox-group')
  defineGroup('radio-group')
  defineSlider()
  defineLabel()
  defineButton()
  defineForm()
  defineNavigator()
}

const box = (host: HTMLElement) => host.querySelector(':scope > input') as HTMLInputElement

function paint(component: Instance, host: HTMLElement): void {
  if (component.data.color) host.style.setProperty('--mp-color', String(component.data.color))
}

const commonChanges = {
  color: paint,
  disabled: (component: Instance, host: HTMLElement) => (box(host).disabled = isOn(component.data.disabled)),
  ariaLabel: (component: Instance, host: HTMLElement) => {
    if (component.data.ariaLabel) box(host).setAttribute('aria-label', String(component.data.ariaLabel))
  },
}

function defineSwitch(): void {
  defineBuiltIn('switch', {
    properties: ['name', 'type'],
    attached(component, host) {
      const tell = () => component.triggerEvent('change', { value: box(host).checked })
      const input = addNative(host, 'input', { change: tell })
      input.type = 'checkbox'
      input.setAttribute('role', 'switch')
      addControl(component, {
        name: () => String(component.data.name ?? ''),
        value: () => box(host).checked,
        reset: () => (box(host).checked = false),
        activate: () => box(host).click(),
      })
    },
    changed: {
      ...commonChanges,
      checked: (component, host) => (box(host).checked = isOn(component.data.checked)),
    },
  })
}

function defineMember(kind: 'checkbox' | 'radio'): void {
  const group = (host: HTMLElement) => host.closest(`wx-${kind}-group`)
  defineBuiltIn(kind, {
    properties: ['value'],
    attached(component, host) {
      const input = addNative(host, 'input', {
        change: () => {
          if (kind === 'radio') uncheckOthers(group(host), input)
          group(host)?.dispatchEvent(new CustomEvent('mp-choice'))
        },
      })
      input.type = kind
      host.prepend(input)
      ;(input as any).mpValue = () => String(component.data.value ?? '')
      addControl(component, {
        name: () => '',
        value: () => input.checked,
        reset: () => (input.checked = false),
        activate: () => input.click(),
      })
    },
    changed: {
      ...commonChanges,
      checked(component, host) {
        box(host).checked = isOn(component.data.checked)
        if (kind === 'radio' && box(host).checked) uncheckOthers(group(host), box(host))
      },
    },
  })
}

function uncheckOthers(group: Element | null, kept: HTMLInputElement): void {
  for (const other of group?.querySelectorAll<HTMLInputElement>('wx-radio > input') ?? []) {
    if (other !== kept) other.checked = false
  }
}

function defineGroup(name: 'checkbox-group' | 'radio-group'): void {
  defineBuiltIn(name, {
    properties: ['name'],
    attached(component, host) {
      const chosen = () => [...host.querySelectorAll(':checked')].map((input) => (input as any).mpValue() as string)
      const value = () => (name === 'radio-group' ? (chosen()[0] ?? '') : chosen())
      if (name === 'radio-group') host.setAttribute('role', 'radiogroup')
      host.addEventListener('mp-choice', () => component.triggerEvent('change', { value: value() }))
      addControl(component, {
        name: () => String(component.data.name ?? ''),
        value,
        reset: () => {},
        activate: () => {},
      })
    },
  })
}

function defineSlider(): void {
  const bound = (name: string, standard: number) => (component: Instance, host: HTMLElement) =>
    box(host).setAttribute(name, String(component.data[name] ?? standard))
  defineBuiltIn('slider', {
    properties: ['name', 'showValue', 'activeColor', 'backgroundColor', 'blockSize', 'blockColor'],
    attached(component, host) {
      const tell = (event: string) => () => component.triggerEvent(event, { value: Number(box(host).value) })
      const input = addNative(host, 'input', { input: tell('changing'), change: tell('change') })
      input.type = 'range'
      addControl(component, {
        name: () => String(component.data.name ?? ''),
        value: () => Number(input.value),
        reset: () => (input.value = input.min),
        activate: () => input.focus(),
      })
    },
    changed: {
      ...commonChanges,
      min: bound('min', 0),
      max: bound('max', 100),
      step: bound('step', 1),
      value: (component, host) => (box(host).value = String(component.data.value ?? 0)),
    },
  })
}

function defineLabel(): void {
  defineBuiltIn('label', {
    attached(component, host) {
      host.addEventListener('click', (event) => {
        const touched = (event.target as Element).closest('[data-control]')
        if (touched && host.contains(touched)) return
        const target = findById(host.closest('mp-root')!, component.data.for)
        const control = target ? controlOf(target) : listControls(host)[0]
        control?.activate()
      })
    },
    changed: { for: () => {} },
  })
}

function defineButton(): void {
  defineBuiltIn('button', {
    properties: ['plain', 'hoverStopPropagation', 'appParameter', 'sendMessageTitle'],
    attached(component, host) {
      makePressable(host, 'button', () => {
        triggerTap(component)
        host.click()
      })
      host.addEventListener('click', () => {
        if (host.getAttribute('aria-disabled') === 'true') return
        if (component.data.formType) {
          host.closest('wx-form')?.dispatchEvent(new CustomEvent(`mp-${component.data.formType}`))
        }
        if (component.data.openType) openCapability(component)
      })
    },
    changed: {
      formType: () => {},
      openType: () => {},
      lang: () => {},
      type: (component, host) => (host.dataset.type = String(component.data.type ?? '')),
      size: (component, host) => (host.dataset.size = String(component.data.size ?? '')),
      loading: (component, host) => host.setAttribute('aria-busy', String(isOn(component.data.loading))),
      disabled(component, host) {
        host.setAttribute('aria-disabled', String(isOn(component.data.disabled)))
        host.tabIndex = isOn(component.data.disabled) ? -1 : 0
      },
    },
  })
}

function defineForm(): void {
  defineBuiltIn('form', {
    properties: ['reportSubmit'],
    attached(component, host) {
      host.addEventListener('mp-submit', () => {
        const named = listControls(host).filter((control) => control.name())
        const value = Object.fromEntries(named.map((control) => [control.name(), control.value()]))
        component.triggerEvent('submit', { value, formId: '' })
      })
      host.addEventListener('mp-reset', () => {
        for (const control of listControls(host)) control.reset()
        component.triggerEvent('reset', {})
      })
    },
  })
}

function defineNavigator(): void {
  const go = (component: Instance) => {
    const isDone = navigate(component.data.openType ?? 'navigate', component.data)
    component.triggerEvent(isDone ? 'success' : 'fail', {})
  }
  defineBuiltIn('navigator', {
    properties: ['url', 'openType', 'delta', 'target', 'appId', 'path'],
    attached(component, host) {
      makePressable(host, 'link', () => host.click())
      host.addEventListener('click', () => go(component))
    },
  })
}
