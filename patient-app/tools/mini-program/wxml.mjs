/** Which built-in components the runtime fills in, and how their tags are kept apart from HTML's. */

export const FILLED_IN = [
  'view', 'text', 'button', 'input', 'textarea', 'image', 'scroll-view', 'swiper', 'swiper-item', 'switch', 'picker',
  'form', 'label', 'checkbox', 'checkbox-group', 'radio', 'radio-group', 'slider', 'progress', 'icon', 'rich-text',
  'navigator', 'canvas', 'web-view', 'cover-view', 'cover-image', 'root-portal', 'page-meta',
]

/** Built-in in WeChat, a stand-in here: using one is listed as unsupported. */
export const STAND_INS = [
  'picker-view', 'picker-view-column', 'movable-area', 'movable-view', 'map', 'video', 'camera', 'live-player',
  'live-pusher', 'ad', 'open-data', 'editor', 'official-account', 'navigation-bar', 'match-media',
]

export const BUILT_IN = [...FILLED_IN, ...STAND_INS]
export const PREFIX = 'wx-'

const names = BUILT_IN.toSorted((a, b) => b.length - a.length).join('|')
const tag = new RegExp(`(</?)(${names})(?=[\\s/>])`, 'g')
const inSelector = new RegExp(`(^|[\\s>+~,(])(${names})(?=$|[\\s>+~,):.#[])`, 'g')

/** WXML with `<view>` as `<wx-view>`, so that `<button>` or `<input>` never become elements of HTML. */
export function prefixTags(wxml) {
  return wxml.replace(tag, `$1${PREFIX}$2`)
}

/** A selector of WXSS for the prefixed tags; `page` is the scrolling root of a page. */
export function prefixSelector(selector) {
  return selector
    .replace(inSelector, `$1${PREFIX}$2`)
    .replace(/(^|[\s>+~,(])page(?=$|[\s>+~,):.#[])/g, '$1mp-root')
}
