import { describe, expect, it } from 'vitest'
import { convertUnits } from '../tools/mini-program/units.mjs'
import { prefixSelector, prefixTags } from '../tools/mini-program/wxml.mjs'
import { scopeToPage, toCss } from '../tools/mini-program/wxss.mjs'

const css = (text: string) => toCss('a.wxss', () => text)

describe('units', () => {
  it('makes rpx a share of the window and vh a share of the page', () => {
    expect(convertUnits('width: 75rpx; margin: -7.5rpx 0; height: 50vh')).toBe(
      'width: 10vw; margin: -1vw 0; height: calc(50 * var(--mp-vh))',
    )
  })
  it('leaves words that only look like units', () => {
    expect(convertUnits('url(a-10rpxx.png)')).toBe('url(a-10rpxx.png)')
  })
})

describe('tags', () => {
  it('prefixes built-in tags and no others', () => {
    expect(prefixTags('<view><text/><view-card></view-card></view>')).toBe(
      '<wx-view><wx-text/><view-card></view-card></wx-view>',
    )
  })
  it('prefixes them in selectors, but not in classes', () => {
    expect(prefixSelector('view.text > button[disabled], .view text:first-child')).toBe(
      'wx-view.text > wx-button[disabled], .view wx-text:first-child',
    )
    expect(prefixSelector('page')).toBe('mp-root')
  })
})

describe('sheets', () => {
  it('converts selectors and values, not what stands in strings', () => {
    expect(css('@media (min-width: 10px) { view { content: "view { 5rpx; }"; width: 750rpx } }')).toContain(
      'wx-view{ content: "view { 5rpx; }"; width: 100vw }',
    )
  })
  it('keeps data addresses whole', () => {
    const address = `url("data:image/svg+xml;utf8,<svg>{;}</svg>")`
    expect(css(`.a { mask: ${address}; }`)).toContain(address)
  })
  it('puts imports in place, each once', () => {
    const files: Record<string, string> = { 'p/a.wxss': '@import "../b.wxss";.a{}', 'b.wxss': '@import "./p/a.wxss";.b{}' }
    expect(toCss('p/a.wxss', (path: string) => files[path])).toBe('.b{}.a{}')
  })
  it('holds a page to itself, but not its animations', () => {
    expect(scopeToPage('.a{color:red}@keyframes turn{from{top:0}}', 'pages/a')).toBe(
      '@keyframes turn{from{top:0}}@scope ([data-route="pages/a"]) {.a{color:red}}',
    )
  })
})
