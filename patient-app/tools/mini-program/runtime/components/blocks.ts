/** Components that show something: view, text, image, scroll-view, swiper, icon, progress, rich-text, canvas. */

import { defineBuiltIn, findById, isOn, type Instance } from '../framework'
import { sourceOf } from '../wx/temporary'
import { fillRichText } from './rich-text'

const FITS: Record<string, string> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  center: 'none',
}
const END_THRESHOLD = 50

export function defineBlocks(): void {
  for (const name of ['view', 'text', 'cover-view', 'root-portal', 'page-meta', 'swiper-item']) defineBuiltIn(name)
  for (const name of ['image', 'cover-image']) defineImage(name)
  defineScrollView()
  defineSwiper()
  defineBuiltIn('rich-text', { changed: { nodes: (c, host) => fillRichText(host, c.data.nodes) } })
  defineBuiltIn('icon', {
    changed: { type: (c, host) => (host.textContent = { success: '✓', warn: '!', clear: '×' }[c.data.type as string] ?? '') },
  })
  defineBuiltIn('progress', {
    attached: (_, host) => host.append(Object.assign(document.createElement('progress'), { max: 100 })),
    changed: { percent: (c, host) => (host.querySelector('progress')!.value = Number(c.data.percent) || 0) },
  })
  defineBuiltIn('canvas', {
    properties: ['type', 'canvasId'],
    attached: (_, host) => host.append(document.createElement('canvas')),
  })
  defineBuiltIn('web-view', {
    attached: (_, host) => host.append(document.createElement('iframe')),
    changed: { src: (c, host) => (host.querySelector('iframe')!.src = String(c.data.src ?? 'about:blank')) },
  })
}

function defineImage(name: string): void {
  const picture = (host: HTMLElement) => host.querySelector('img')!
  defineBuiltIn(name, {
    properties: ['lazyLoad', 'showMenuByLongpress', 'webp'],
    attached(component, host) {
      const image = document.createElement('img')
      image.alt = ''
      image.addEventListener('load', () => {
        if (component.data.mode === 'widthFix') host.style.height = 'auto'
        if (component.data.mode === 'heightFix') host.style.width = 'auto'
        component.triggerEvent('load', { width: image.naturalWidth, height: image.naturalHeight })
      })
      image.addEventListener('error', () => component.triggerEvent('error', { errMsg: `GET ${image.src} failed` }))
      host.append(image)
    },
    changed: {
      src(component, host) {
        const source = sourceOf(component.data.src)
        if (source) picture(host).src = source
        else picture(host).removeAttribute('src')
      },
      mode: (component, host) => (picture(host).style.objectFit = FITS[component.data.mode as string] ?? 'fill'),
      ariaLabel: (component, host) => (picture(host).alt = String(component.data.ariaLabel ?? '')),
    },
  })
}

function defineScrollView(): void {
  defineBuiltIn('scroll-view', {
    properties: ['scrollWithAnimation', 'lowerThreshold', 'upperThreshold', 'enableFlex', 'enhanced', 'showScrollbar'],
    attached: listenToScrolling,
    changed: {
      scrollX: (component, host) => (host.style.overflowX = isOn(component.data.scrollX) ? 'auto' : ''),
      scrollY: (component, host) => (host.style.overflowY = isOn(component.data.scrollY) ? 'auto' : ''),
      enableFlex: (component, host) => (host.style.display = isOn(component.data.enableFlex) ? 'flex' : ''),
      scrollTop: (component, host) => scroll(component, host, { top: Number(component.data.scrollTop) }),
      scrollLeft: (component, host) => scroll(component, host, { left: Number(component.data.scrollLeft) }),
      scrollIntoView(component, host) {
        const target = findById(host, component.data.scrollIntoView)
        if (!target) return
        const [inner, outer] = [target.getBoundingClientRect(), host.getBoundingClientRect()]
        scroll(component, host, {
          top: host.scrollTop + inner.top - outer.top,
          left: host.scrollLeft + inner.left - outer.left,
        })
      },
    },
  })
}

function scroll(component: Instance, host: HTMLElement, to: ScrollToOptions): void {
  const wanted = Object.values(to).filter((each) => Number.isFinite(each))
  if (wanted.length) host.scrollTo({ ...to, behavior: isOn(component.data.scrollWithAnimation) ? 'smooth' : 'auto' })
}

function listenToScrolling(component: Instance, host: HTMLElement): void {
  let wasAtEnd = false
  host.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = host
    component.triggerEvent('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth })
    const threshold = Number(component.data.lowerThreshold) || END_THRESHOLD
    const isAtEnd = isOn(component.data.scrollX)
      ? scrollLeft + host.clientWidth >= scrollWidth - threshold
      : scrollTop + host.clientHeight >= scrollHeight - threshold
    if (isAtEnd && !wasAtEnd) component.triggerEvent('scrolltolower', { direction: 'bottom' })
    if (scrollTop === 0 && scrollLeft === 0) component.triggerEvent('scrolltoupper', { direction: 'top' })
    wasAtEnd = isAtEnd
  })
}

function defineSwiper(): void {
  const items = (host: HTMLElement) => [...host.children].filter((each) => each.localName === 'wx-swiper-item')
  const move = (component: Instance, host: HTMLElement) => {
    const item = items(host)[Number(component.data.current) || 0] as HTMLElement | undefined
    if (item) host.scrollTo({ left: item.offsetLeft, top: item.offsetTop })
  }
  const drawDots = (component: Instance, host: HTMLElement) => {
    host.querySelector(':scope > .mp-dots')?.remove()
    if (!isOn(component.data.indicatorDots)) return
    const dots = document.createElement('div')
    dots.className = 'mp-dots'
    const current = Number(component.data.current) || 0
    dots.append(...items(host).map((_, index) => Object.assign(document.createElement('i'), { className: index === current ? 'mp-is-current' : '' })))
    host.append(dots)
  }
  defineBuiltIn('swiper', {
    properties: ['interval', 'duration', 'circular', 'previousMargin', 'nextMargin', 'displayMultipleItems'],
    attached(component, host) {
      host.tabIndex = 0
      const turnTo = (current: number, source: string) => {
        if (current === (Number(component.data.current) || 0) || !items(host)[current]) return
        component.setData({ current })
        component.triggerEvent('change', { current, currentItemId: '', source })
      }
      host.addEventListener('scrollend', () => {
        const isVertical = isOn(component.data.vertical)
        const share = isVertical ? host.scrollTop / host.clientHeight : host.scrollLeft / host.clientWidth
        turnTo(Math.round(share), 'touch')
      })
      host.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
        if (step && event.target === host) turnTo((Number(component.data.current) || 0) + step, 'touch')
      })
      component.__timer = window.setInterval(() => {
        if (!isOn(component.data.autoplay) || !host.isConnected) return
        turnTo(((Number(component.data.current) || 0) + 1) % items(host).length, 'autoplay')
      }, Number(component.data.interval) || 5000)
      requestAnimationFrame(() => drawDots(component, host))
    },
    detached: (component) => window.clearInterval(component.__timer),
    changed: {
      current(component, host) {
        move(component, host)
        drawDots(component, host)
      },
      vertical: (component, host) => host.toggleAttribute('data-vertical', isOn(component.data.vertical)),
      indicatorDots: drawDots,
      autoplay: () => {},
    },
  })
}
