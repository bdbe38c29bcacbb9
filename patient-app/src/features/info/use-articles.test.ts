import { beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import { setLanguage } from '@/locale'
import { runSetup } from '../../../tests/run-setup'
import { answers, calls } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { blocksOf, iconOf, linesOf, targetOf, type ArticleCard } from './articles'
import { useArticles } from './use-articles'

const card = (slug: string): ArticleCard => ({
  kind: 'guide',
  slug,
  campus: '',
  title: { zh: slug, en: slug },
  summary: { zh: '', en: '' },
  symbol: 'info',
  audience: 'everyone',
  is_pinned: false,
  published_at: '2026-11-25T02:00:00Z',
  translation: 'reviewed',
})
const settle = async () => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
  await nextTick()
}
const asked = (at: number) => new URL(calls[at]?.url ?? '', 'http://imc.example').searchParams

describe('lists of articles', () => {
  beforeEach(() => setLanguage('en'))

  it('add a page, once for each article', async () => {
    answers((call) => {
      const page = Number(new URL(call.url, 'http://imc.example').searchParams.get('page'))
      call.answer(200, { items: page === 1 ? [card('a'), card('b')] : [card('b'), card('c')], page, pages: 2, count: 3 })
    })
    const { result } = runSetup(() => useArticles('guide'))
    await life('show')
    await settle()
    expect(result.hasMore.value).toBe(true)
    await result.next.run()
    await settle()
    expect(result.items.value.map((each) => each.slug)).toEqual(['a', 'b', 'c'])
    expect(result.hasMore.value).toBe(false)
  })

  it('begin again when the audience changes', async () => {
    answers((call) => call.answer(200, { items: [card('a')], page: 1, pages: 1, count: 1 }))
    const { result } = runSetup(() => useArticles('guide'))
    await life('show')
    await settle()
    await result.choose('families')
    await settle()
    expect(asked(calls.length - 1).get('audience')).toBe('families')
    expect(asked(calls.length - 1).get('page')).toBe('1')
  })

  it('keep what was loaded when the network fails', async () => {
    answers((call) => call.answer(200, { items: [card('a')], page: 1, pages: 2, count: 2 }))
    const { result } = runSetup(() => useArticles('guide'))
    await life('show')
    await settle()
    answers((call) => call.answer(503, {}))
    await result.next.run()
    await settle()
    expect(result.items.value.map((each) => each.slug)).toEqual(['a'])
    expect(result.next.refusal).not.toBeNull()
    expect(result.hasMore.value).toBe(true)
  })
})

describe('an article', () => {
  it('is Chinese with a mark where nobody has translated it', () => {
    const block = { kind: 'paragraph' as const, level: 0, spans: [], items: [], picture: '' }
    setLanguage('en')
    expect(blocksOf({ zh: [block], en: [] })).toMatchObject({ isGap: true, lang: 'zh-Hans' })
    expect(blocksOf({ zh: [block], en: [block, block] })).toMatchObject({ isGap: false, lang: 'en' })
    expect(blocksOf({ zh: [], en: [] }).isGap).toBe(false)
    setLanguage('zh-Hant')
    expect(blocksOf({ zh: [block], en: [block, block] }).blocks).toHaveLength(1)
  })

  it('leads to other articles inside the app, and elsewhere outside', () => {
    expect(targetOf('guide:what-to-bring')).toEqual({
      to: '/info/article',
      query: { kind: 'guide', slug: 'what-to-bring' },
      href: '',
    })
    expect(targetOf('tel:120')).toEqual({ to: '', query: {}, href: 'tel:120' })
  })

  it('shows a plain sign for one that this version does not know', () => {
    expect(iconOf('pill')).toBe('pill')
    expect(iconOf('rocket')).toBe('info')
  })

  it('keeps lines apart', () => {
    setLanguage('en')
    expect(linesOf({ zh: '甲\n乙', en: 'One\n\nTwo' })).toEqual(['One', 'Two'])
  })
})
