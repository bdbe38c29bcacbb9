/** What WeChat draws around a page: navigation bar, capsule, tab bar. */

import style from './frame.css'
import { app, program, type Json } from './program'

export const STATUS_BAR_HEIGHT = 20
export const NAVIGATION_BAR_HEIGHT = 44
export const TAB_BAR_HEIGHT = 56
export const CAPSULE = { top: 24, width: 87, height: 32, right: 7 }

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

export interface TabItem extends Json {
  pagePath: string
  text: string
  badge?: string
  hasDot?: boolean
}

/** The state of the tab bar, which the program may change while it runs. */
export const tabBar = {
  items: structuredClone(app.tabBar?.list ?? []) as TabItem[],
  style: { ...(app.tabBar ?? {}) } as Json,
  isHidden: false,
  isCustom: Boolean(app.tabBar?.custom),
}

export interface Frame {
  pages: HTMLElement
  showBars(state: { config: Json; title: string; colors: Json; isLoading: boolean; depth: number; tab: number }): void
}

function make(name: string, className: string, parent: Element): HTMLElement {
  const element = document.createElement(name)
  element.className = className
  parent.append(element)
  return element
}

/** `light` or `dark`: dark only where the program says that it can be. */
export function currentTheme(): 'light' | 'dark' {
  return app.darkmode && darkQuery.matches ? 'dark' : 'light'
}

/** Calls back whenever the reader changes the theme of the telephone. */
export function onThemeChange(listener: (result: { theme: string }) => void): void {
  if (app.darkmode) darkQuery.addEventListener('change', () => listener({ theme: currentTheme() }))
}

/** A value of the configuration, where `@name` stands for one of theme.json. */
function themed(value: unknown): any {
  if (typeof value !== 'string' || !value.startsWith('@')) return value
  const file = String(app.themeLocation ?? 'theme.json').replace(/\.json$/, '')
  return program.json[file]?.[currentTheme()]?.[value.slice(1)]
}

/** Whether the route is a page of the tab bar, and which; -1 when it is none. */
export function indexOfTab(route: string): number {
  return tabBar.items.findIndex((item) => item.pagePath === route)
}

/** Draws the frame once; `goBack`, `goHome` and `openTab` say what its buttons do. */
export function drawFrame(actions: { goBack(): void; goHome(): void; openTab(index: number): void }): Frame {
  const sheet = make('style', '', document.head)
  sheet.textContent = style
  const bar = make('header', 'mp-bar', document.body)
  const back = make('button', 'mp-back', bar) as HTMLButtonElement
  const title = make('h1', 'mp-title', bar)
  const capsule = make('div', 'mp-capsule', document.body)
  capsule.setAttribute('aria-hidden', 'true')
  const pages = make('main', 'mp-pages', document.body)
  const tabs = make('nav', 'mp-tabs', document.body)
  let isHome = false
  back.addEventListener('click', () => (isHome ? actions.goHome() : actions.goBack()))

  return {
    pages,
    showBars({ config, title: text, colors, isLoading, depth, tab }) {
      const isCustom = config.navigationStyle === 'custom'
      const isFirst = depth === 1
      isHome = isFirst && tab < 0 && indexOfTab(app.pages[0]) >= 0
      document.title = text
      title.textContent = text
      title.classList.toggle('mp-is-loading', isLoading)
      back.hidden = isFirst && !isHome
      back.setAttribute('aria-label', isHome ? '返回首页' : '返回')
      back.className = isHome ? 'mp-back mp-home' : 'mp-back'
      bar.hidden = isCustom
      bar.style.backgroundColor = colors.backgroundColor ?? themed(config.navigationBarBackgroundColor) ?? '#ffffff'
      const isBlack = (colors.frontColor ?? themed(config.navigationBarTextStyle) ?? 'black') !== '#ffffff'
      bar.style.color = isBlack && themed(config.navigationBarTextStyle) !== 'white' ? '#000000' : '#ffffff'
      const hasTabs = tab >= 0 && !tabBar.isHidden && !tabBar.isCustom
      tabs.hidden = !hasTabs
      pages.style.setProperty('--mp-top', isCustom ? '0px' : `${STATUS_BAR_HEIGHT + NAVIGATION_BAR_HEIGHT}px`)
      pages.style.setProperty('--mp-bottom', hasTabs ? `${TAB_BAR_HEIGHT}px` : '0px')
      if (hasTabs) drawTabs(tabs, tab, actions.openTab)
    },
  }
}

function drawTabs(tabs: HTMLElement, current: number, open: (index: number) => void): void {
  tabs.style.backgroundColor = themed(tabBar.style.backgroundColor) ?? '#ffffff'
  tabs.style.borderTopColor = themed(tabBar.style.borderStyle) === 'white' ? '#ffffff' : '#0000001f'
  tabs.replaceChildren()
  tabBar.items.forEach((item, index) => {
    const isCurrent = index === current
    const button = make('button', 'mp-tab', tabs)
    button.style.color = themed(isCurrent ? tabBar.style.selectedColor : tabBar.style.color) ?? '#000000'
    if (isCurrent) button.setAttribute('aria-current', 'page')
    const icon = themed(isCurrent ? (item.selectedIconPath ?? item.iconPath) : item.iconPath)
    if (icon) {
      const picture = make('img', 'mp-tab-icon', button) as HTMLImageElement
      picture.alt = ''
      picture.src = icon.replace(/^\//, '')
    }
    make('span', '', button).textContent = item.text
    if (item.badge) make('b', 'mp-badge', button).textContent = item.badge
    else if (item.hasDot) make('i', 'mp-dot', button)
    button.addEventListener('click', () => open(index))
  })
}
