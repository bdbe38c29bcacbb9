/** Pages, their bars and their scrolling. */

import { tabBar } from '../frame'
import * as pages from '../pages'
import type { Json } from '../program'
import { answeredAll, Failure } from './answers'

function going(way: (parameters: Json) => void) {
  return (parameters: Json) => {
    try {
      way(parameters)
    } catch (fault) {
      throw fault instanceof pages.NavigationFault ? new Failure(fault.message) : fault
    }
  }
}

function change(act: (page: pages.OpenPage) => void): void {
  const page = pages.topPage()
  if (page) act(page)
  pages.refreshBars()
}

function changeTab(index: number, values: Json): void {
  const item = tabBar.items[index]
  if (!item) throw new Failure('tabbar item not found')
  Object.assign(item, values)
  pages.refreshBars()
}

function hideTabBar(isHidden: boolean): void {
  tabBar.isHidden = isHidden
  pages.refreshBars()
}

function scrollPage({ scrollTop, selector, duration = 300 }: Json): void {
  const { scroller, instance } = pages.topPage()!
  const target = selector ? instance._$.getShadowRoot().querySelector(selector)?.$$ : null
  const top = target
    ? scroller.scrollTop + target.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    : Number(scrollTop ?? 0)
  scroller.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'auto' })
}

export const navigation = answeredAll({
  navigateTo: going(({ url }) => pages.navigateTo(url)),
  redirectTo: going(({ url }) => pages.redirectTo(url)),
  reLaunch: going(({ url }) => pages.reLaunch(url)),
  switchTab: going(({ url }) => pages.switchTab(url)),
  navigateBack: going(({ delta = 1 }) => pages.goBack(Number(delta))),
  setNavigationBarTitle: ({ title }) => change((page) => (page.title = String(title))),
  setNavigationBarColor: (colors) => change((page) => (page.colors = colors)),
  showNavigationBarLoading: () => change((page) => (page.isLoading = true)),
  hideNavigationBarLoading: () => change((page) => (page.isLoading = false)),
  hideHomeButton() {},
  setBackgroundColor() {},
  setBackgroundTextStyle() {},
  setTabBarItem: ({ index, ...values }) => changeTab(index, values),
  setTabBarBadge: ({ index, text }) => changeTab(index, { badge: String(text) }),
  removeTabBarBadge: ({ index }) => changeTab(index, { badge: undefined }),
  showTabBarRedDot: ({ index }) => changeTab(index, { hasDot: true }),
  hideTabBarRedDot: ({ index }) => changeTab(index, { hasDot: false }),
  setTabBarStyle(style) {
    Object.assign(tabBar.style, style)
    pages.refreshBars()
  },
  hideTabBar: () => hideTabBar(true),
  showTabBar: () => hideTabBar(false),
  startPullDownRefresh: () => pages.pullDown(),
  stopPullDownRefresh: () => pages.endPullDown(),
  pageScrollTo: scrollPage,
})
