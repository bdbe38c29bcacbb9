// Stands in for '@dcloudio/uni-app': the life of a page, driven by the test.
type Hook = (query?: Record<string, string>) => void

let hooks: Record<string, Hook[]> = {}

const keep = (name: string) => (hook: Hook) => {
  ;(hooks[name] ??= []).push(hook)
}

export const onLoad = keep('load')
export const onShow = keep('show')
export const onHide = keep('hide')
export const onUnload = keep('unload')
export const onPullDownRefresh = keep('pull')
export const onReachBottom = keep('bottom')

/** Lets the page that `setup` ran for come into sight, and so on. */
export function life(name: 'load' | 'show' | 'hide' | 'unload' | 'pull' | 'bottom', query?: Record<string, string>): void {
  for (const hook of hooks[name] ?? []) hook(query)
}

export function forgetLife(): void {
  hooks = {}
}
