// Keeps the keyboard inside an open dialog and gives it back afterwards. Nothing to do in the mini program.

export interface Trap {
  release(): void
}

const REACHABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

export function keepFocusIn(id: string, close: () => void): Trap | null {
  let trap: Trap | null = null
  // #ifdef H5
  const root = document.getElementById(id)
  const before = document.activeElement as HTMLElement | null
  if (root === null) return null
  const reachable = () => [...root.querySelectorAll<HTMLElement>(REACHABLE)]
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    if (event.key !== 'Tab') return
    const all = reachable()
    const [first, last] = [all[0], all.at(-1)]
    if (event.shiftKey && document.activeElement === first) {
      event.preventDefault()
      last?.focus()
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault()
      first?.focus()
    }
  }
  document.addEventListener('keydown', onKey)
  const onBody = root.querySelector<HTMLElement>('.sheet-head ~ * button, .sheet-head ~ * a, .sheet-head ~ * input')
  ;(onBody ?? reachable()[0])?.focus()
  trap = {
    release() {
      document.removeEventListener('keydown', onKey)
      before?.focus()
    },
  }
  // #endif
  return trap
}
