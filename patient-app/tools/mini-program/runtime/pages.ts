/** The stack of pages: opening and closing them, their life, scrolling and pulling down. */

import { backend, codeSpace, type Instance } from './framework'
import { drawFrame, indexOfTab, tabBar, type Frame } from './frame'
import { registerComponent } from './loader'
import { app, options, program, reportError, resolvePath, type Json } from './program'

const MOST_PAGES = 10 // WeChat's limit of the stack
const PULL_DISTANCE = 60
const BOTTOM_DISTANCE = 50

export interface OpenPage {
  route: string
  instance: Instance
  element: HTMLElement
  scroller: HTMLElement
  root: ReturnType<typeof backend.createRoot>
  config: Json
  title: string
  colors: Json
  isLoading: boolean
}

/** What WeChat calls a failed navigation. */
export class NavigationFault extends Error {}

let stack: OpenPage[] = []
const tabPages = new Map<string, OpenPage>() // pages of the tab bar stay alive when another is shown
let frame: Frame

export const launchOptions = { path: '', query: {} as Json, scene: 1001, referrerInfo: {} }

/** The open pages as the program sees them, the visible one last. */
export function listInstances(): Instance[] {
  return stack.map((page) => page.instance)
}

/** The visible page. */
export function topPage(): OpenPage | undefined {
  return stack.at(-1)
}

/** Draws the frame and notes with which page the program was asked to start. */
export function startPages(): void {
  frame = drawFrame({
    goBack: () => goBack(1),
    goHome: () => reLaunch(`/${app.pages[0]}`),
    openTab(index) {
      const item = tabBar.items[index]
      call(topPage(), 'onTabItemTap', { index, pagePath: item.pagePath, text: item.text })
      switchTab(`/${item.pagePath}`)
    },
  })
  const first = splitAddress(`/${options.get('page') ?? app.pages[0]}`)
  Object.assign(launchOptions, { path: first.route, query: first.query })
  window.__mpRoutes = () => stack.map((page) => page.route)
}

/** Opens the page that the launch asked for. */
export function openFirstPage(): void {
  navigateTo(`/${options.get('page') ?? app.pages[0]}`)
}

function splitAddress(url: string): { route: string; query: Json } {
  const [path, search = ''] = url.split('?')
  const query = Object.fromEntries(
    search
      .split('&')
      .filter(Boolean)
      .map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)].map(decodeURIComponent)),
  )
  return { route: resolvePath(topPage()?.route ?? '', path), query }
}

function isPage(route: string): boolean {
  const packages: Json[] = app.subPackages ?? app.subpackages ?? []
  const inPackages = packages.flatMap((each) => each.pages.map((page: string) => `${each.root.replace(/\/$/, '')}/${page}`))
  return [...app.pages, ...inPackages].includes(route)
}

function call(page: OpenPage | undefined, method: string, argument?: unknown): unknown {
  try {
    return page?.instance[method]?.(argument)
  } catch (error) {
    reportError(`${page?.route} ${method}`, error)
    return undefined
  }
}

function tellComponents(page: OpenPage, lifetime: string): void {
  page.root.getComponent().triggerPageLifetime(lifetime, [])
}

function makePage(url: string): { page: OpenPage; query: Json } {
  const { route, query } = splitAddress(url)
  if (!isPage(route)) throw new NavigationFault(`page "${route}" is not found`)
  registerComponent(route)
  const element = document.createElement('div')
  element.className = 'mp-page'
  element.dataset.route = route
  const scroller = document.createElement('mp-root')
  const placeholder = document.createElement('div')
  scroller.append(placeholder)
  element.append(scroller)
  frame.pages.append(element)
  const root = backend.createRoot('page-root', codeSpace, route)
  const instance = root.get() as unknown as Instance
  instance.route = instance.__route__ = route
  instance.options = query
  instance.getPageId ??= () => route
  const config = { ...app.window, ...program.json[route] }
  const title = String(config.navigationBarTitleText ?? '')
  const page = { route, instance, element, scroller, root, config, title, colors: {}, isLoading: false }
  root.attach(scroller as any, placeholder as any)
  addCustomTabBar(page)
  listenToScrolling(page)
  return { page, query }
}

function show(page: OpenPage): void {
  page.element.hidden = false
  refreshBars()
  call(page, 'onShow')
  tellComponents(page, 'show')
}

function hide(page: OpenPage | undefined): void {
  if (!page) return
  call(page, 'onHide')
  tellComponents(page, 'hide')
  page.element.hidden = true
}

function close(page: OpenPage): void {
  call(page, 'onUnload')
  page.root.release()
  page.element.remove()
  tabPages.delete(page.route)
}

function open(url: string): void {
  const { page, query } = makePage(url)
  stack.push(page)
  refreshBars()
  call(page, 'onLoad', query)
  show(page)
  call(page, 'onReady')
}

/** Draws the bars anew for the visible page. */
export function refreshBars(): void {
  const page = topPage()
  if (!page) return
  const { config, title, colors, isLoading } = page
  frame.showBars({ config, title, colors, isLoading, depth: stack.length, tab: indexOfTab(page.route) })
}

export function navigateTo(url: string): void {
  const { route } = splitAddress(url)
  if (indexOfTab(route) >= 0 && stack.length) throw new NavigationFault('can not navigateTo a tabbar page')
  if (!isPage(route)) throw new NavigationFault(`page "${route}" is not found`)
  if (stack.length >= MOST_PAGES) throw new NavigationFault('webview count limit exceed')
  hide(topPage())
  open(url)
}

export function redirectTo(url: string): void {
  const { route } = splitAddress(url)
  if (indexOfTab(route) >= 0) throw new NavigationFault('can not redirectTo a tabbar page')
  if (!isPage(route)) throw new NavigationFault(`page "${route}" is not found`)
  const left = stack.pop()
  open(url)
  if (left) close(left)
}

export function goBack(delta: number): void {
  if (stack.length < 2) throw new NavigationFault('cannot navigate back at first page')
  const kept = Math.max(1, stack.length - Math.max(1, delta))
  for (const page of stack.splice(kept).reverse()) close(page)
  show(topPage()!)
}

export function reLaunch(url: string): void {
  const { route } = splitAddress(url)
  if (!isPage(route)) throw new NavigationFault(`page "${route}" is not found`)
  const left = new Set([...stack, ...tabPages.values()])
  stack = []
  for (const page of left) close(page)
  open(url)
  if (indexOfTab(route) >= 0) tabPages.set(route, topPage()!)
}

export function switchTab(url: string): void {
  const { route } = splitAddress(url)
  if (indexOfTab(route) < 0) throw new NavigationFault('can not switch to no-tabBar page')
  if (topPage()?.route === route) return
  const [first, ...others] = stack
  hide(topPage())
  for (const page of others.reverse()) close(page)
  if (first && indexOfTab(first.route) >= 0) tabPages.set(first.route, first)
  else if (first) close(first)
  const kept = tabPages.get(route)
  stack = []
  if (kept) {
    stack.push(kept)
    show(kept)
  } else {
    open(url)
    tabPages.set(route, topPage()!)
  }
}

const WAYS: Record<string, (to: { url: string; delta: number }) => void> = {
  navigate: ({ url }) => navigateTo(url),
  redirect: ({ url }) => redirectTo(url),
  switchTab: ({ url }) => switchTab(url),
  reLaunch: ({ url }) => reLaunch(url),
  navigateBack: ({ delta }) => goBack(Number(delta) || 1),
}

/** Goes one of the ways of a navigator; false when it cannot be gone. */
export function navigate(way: string, to: Json): boolean {
  try {
    WAYS[way](to as { url: string; delta: number })
    return true
  } catch (fault) {
    if (!(fault instanceof NavigationFault)) throw fault
    return false
  }
}

function addCustomTabBar(page: OpenPage): void {
  const path = 'custom-tab-bar/index'
  if (!tabBar.isCustom || indexOfTab(page.route) < 0 || !program.json[path]) return
  registerComponent(path)
  const placeholder = document.createElement('div')
  page.element.append(placeholder)
  const root = backend.createRoot('custom-tab-bar', codeSpace, path)
  root.attach(page.element as any, placeholder as any)
  page.instance.getTabBar = () => root.get()
}

function listenToScrolling(page: OpenPage): void {
  const { scroller, config } = page
  let wasAtBottom = false
  scroller.addEventListener('scroll', () => {
    // The event comes a frame late: a page hidden meanwhile has no height, and would seem to be at its bottom.
    if (page !== topPage()) return
    call(page, 'onPageScroll', { scrollTop: scroller.scrollTop })
    const distance = Number(config.onReachBottomDistance ?? BOTTOM_DISTANCE)
    const isAtBottom = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - distance
    if (isAtBottom && !wasAtBottom) call(page, 'onReachBottom')
    wasAtBottom = isAtBottom
  })
  let startedAt: number | null = null
  scroller.addEventListener('touchstart', (event) => {
    startedAt = scroller.scrollTop === 0 ? event.touches[0].clientY : null
  })
  scroller.addEventListener('touchend', (event) => {
    const isPulled = startedAt !== null && event.changedTouches[0].clientY - startedAt > PULL_DISTANCE
    if (isPulled && config.enablePullDownRefresh) pullDown()
    startedAt = null
  })
}

/** Does what pulling the visible page down does. */
export function pullDown(): void {
  const page = topPage()
  if (!page || page.scroller.querySelector(':scope > .mp-is-on')) return
  const sign = document.createElement('div')
  sign.className = 'mp-refresh mp-is-on'
  page.scroller.prepend(sign)
  call(page, 'onPullDownRefresh')
}

/** The page has refreshed itself. */
export function endPullDown(): void {
  topPage()?.scroller.querySelector(':scope > .mp-refresh')?.remove()
}

/** Tells the pages that the window has another size. */
export function tellResize(size: { windowWidth: number; windowHeight: number }): void {
  call(topPage(), 'onResize', { size })
}
