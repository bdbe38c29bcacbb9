/** picker: a sheet of columns that scroll; here each column is a list that mouse and keyboard move. */

import { defineBuiltIn, isOn, type Instance } from '../framework'
import { openSheet } from '../wx/dialogs'
import { unsupported } from '../program'
import { addControl, addNative, makePressable, triggerTap } from './native'

type Column = string[]

export function definePicker(): void {
  defineBuiltIn('picker', {
    properties: [
      ...['name', 'range', 'rangeKey', 'value', 'start', 'end', 'fields', 'headerText', 'disabled', 'customItem', 'level'],
    ],
    attached(component, host) {
      const open = () => {
        if (!isOn(component.data.disabled)) openPicker(component)
      }
      makePressable(host, 'button', () => {
        triggerTap(component)
        open()
      })
      host.setAttribute('aria-haspopup', 'dialog')
      host.addEventListener('click', open)
      addControl(component, {
        name: () => String(component.data.name ?? ''),
        value: () => component.data.value,
        reset: () => {},
        activate: open,
      })
    },
    changed: { mode: () => {} },
  })
}

function openPicker(component: Instance): void {
  const mode = String(component.data.mode ?? 'selector')
  if (mode === 'date' || mode === 'time') openMoment(component, mode)
  else if (mode === 'selector' || mode === 'multiSelector') openColumns(component, mode === 'multiSelector')
  else unsupported.add(`<picker mode=${mode}>`)
}

function label(component: Instance, item: any): string {
  return String(component.data.rangeKey ? item?.[component.data.rangeKey] : item)
}

function openColumns(component: Instance, isMany: boolean): void {
  const columns = (): Column[] => {
    const range = component.data.range ?? []
    return (isMany ? range : [range]).map((column: unknown[]) => column.map((item) => label(component, item)))
  }
  const value = component.data.value
  const chosen = (isMany ? (value ?? []) : [value]).map((each: unknown) => Number(each) || 0) as number[]
  const body = document.createElement('div')
  body.className = 'mp-columns'
  const draw = () => body.replaceChildren(...columns().map((column, index) => drawColumn(column, index)))
  const drawColumn = (column: Column, index: number) => {
    const list = addNative(body, 'select', {
      change: () => {
        chosen[index] = list.selectedIndex
        if (!isMany) return
        component.triggerEvent('columnchange', { column: index, value: list.selectedIndex })
        setTimeout(() => {
          for (let later = index + 1; later < columns().length; later += 1) chosen[later] = 0
          draw()
        }, 50)
      },
    })
    list.size = 6
    list.setAttribute('aria-label', String(component.data.headerText ?? `${index + 1}`))
    list.append(...column.map((text) => new Option(text)))
    list.selectedIndex = chosen[index] ?? 0
    return list
  }
  draw()
  show(component, body, () => (isMany ? columns().map((_, index) => chosen[index] ?? 0) : chosen[0]))
}

function openMoment(component: Instance, mode: 'date' | 'time'): void {
  const body = document.createElement('div')
  body.className = 'mp-columns'
  const fields = component.data.fields
  const field = addNative(body, 'input', {})
  field.type = mode === 'date' && fields === 'month' ? 'month' : mode
  if (mode === 'date' && fields === 'year') field.type = 'number'
  field.setAttribute('aria-label', String(component.data.headerText ?? mode))
  if (component.data.start) field.min = String(component.data.start)
  if (component.data.end) field.max = String(component.data.end)
  field.value = String(component.data.value ?? '')
  show(component, body, () => within(field))
}

/** WeChat's wheels cannot leave the range: what was typed beyond it becomes its end. */
function within(field: HTMLInputElement): string {
  if (field.min && field.value < field.min) return field.min
  return field.max && field.value > field.max ? field.max : field.value
}

function show(component: Instance, body: HTMLElement, value: () => unknown): void {
  openSheet({
    title: String(component.data.headerText ?? ''),
    body,
    cancel: () => component.triggerEvent('cancel', {}),
    confirm: () => {
      const chosen = value()
      component.setData({ value: chosen })
      component.triggerEvent('change', { value: chosen })
    },
  })
}
