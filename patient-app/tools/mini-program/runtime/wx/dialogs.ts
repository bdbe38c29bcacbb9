/** What WeChat shows above the page: dialogs, sheets, toasts. The page below cannot be used while one is open. */

import { answeredAll, Failure } from './answers'
import type { Json } from '../program'

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  element.className = className
  element.textContent = text
  return element
}

/** Shows a panel in the middle or at the bottom and gives it the focus; the returned function takes it away. */
function cover(panel: HTMLElement, isSheet: boolean, onEscape: () => void): () => void {
  const before = document.activeElement as HTMLElement | null
  const mask = make('div', isSheet ? 'mp-mask mp-is-sheet' : 'mp-mask')
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-modal', 'true')
  mask.append(panel)
  mask.addEventListener('keydown', (event) => event.key === 'Escape' && onEscape())
  document.body.append(mask)
  panel.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
  return () => {
    mask.remove()
    before?.focus?.()
  }
}

function addButton(parent: HTMLElement, text: string, press: () => void, color?: string): void {
  const button = make('button', '', text)
  button.type = 'button'
  if (color) button.style.color = color
  button.addEventListener('click', press)
  parent.append(button)
}

interface Sheet {
  title: string
  body: HTMLElement
  confirm: () => void
  cancel: () => void
}

/** A sheet from below with two buttons. */
export function openSheet({ title, body, confirm, cancel }: Sheet): void {
  const panel = make('section', 'mp-sheet')
  if (title) panel.append(make('h2', '', title))
  const end = (act: () => void) => () => {
    remove()
    act()
  }
  const buttons = make('div', 'mp-buttons')
  addButton(buttons, '取消', end(cancel))
  addButton(buttons, '确定', end(confirm))
  panel.append(body, buttons)
  const remove = cover(panel, true, end(cancel))
}

/** A question with one or two buttons; true when it was answered by the second. */
export function ask({ title = '', content = '', ...more }: Json): Promise<Json> {
  return new Promise((resolve) => {
    const panel = make('section', 'mp-dialog')
    if (title) panel.append(make('h2', '', title))
    if (content && !more.editable) panel.append(make('p', '', content))
    const field = more.editable ? make('textarea', '') : null
    if (field) {
      field.value = content
      field.placeholder = more.placeholderText ?? ''
      panel.append(field)
    }
    const end = (isConfirmed: boolean) => () => {
      remove()
      const typed = field && isConfirmed ? { content: field.value } : {}
      resolve({ confirm: isConfirmed, cancel: !isConfirmed, ...typed })
    }
    const buttons = make('div', 'mp-buttons')
    if (more.showCancel !== false) addButton(buttons, more.cancelText || '取消', end(false), more.cancelColor)
    addButton(buttons, more.confirmText || '确定', end(true), more.confirmColor)
    panel.append(buttons)
    const remove = cover(panel, false, end(false))
  })
}

function choose({ itemList = [], itemColor, alertText }: Json): Promise<Json> {
  return new Promise((resolve, reject) => {
    const panel = make('section', 'mp-sheet')
    if (alertText) panel.append(make('h2', '', alertText))
    const buttons = make('div', 'mp-buttons mp-is-list')
    const end = (act: () => void) => () => {
      remove()
      act()
    }
    const cancel = end(() => reject(new Failure('cancel')))
    ;(itemList as string[]).forEach((text, tapIndex) => addButton(buttons, text, end(() => resolve({ tapIndex })), itemColor))
    addButton(buttons, '取消', cancel)
    panel.append(buttons)
    const remove = cover(panel, true, cancel)
  })
}

let toast: HTMLElement | null = null
let block: HTMLElement | null = null
let timer = 0

function hideToast(): void {
  window.clearTimeout(timer)
  toast?.remove()
  block?.remove()
  toast = block = null
}

function showToast({ title = '', icon = 'success', duration = 1500, mask = false }: Json, isLasting = false): void {
  hideToast()
  toast = make('div', 'mp-toast', title)
  toast.setAttribute('role', 'status')
  toast.dataset.icon = icon
  if (mask) document.body.append((block = make('div', 'mp-block')))
  document.body.append(toast)
  if (!isLasting) timer = window.setTimeout(hideToast, Number(duration))
}

export const dialogs = answeredAll({
  showModal: ask,
  showActionSheet: choose,
  showToast: (parameters) => showToast(parameters),
  hideToast,
  showLoading: (parameters) => showToast({ ...parameters, icon: 'loading' }, true),
  hideLoading: hideToast,
})
