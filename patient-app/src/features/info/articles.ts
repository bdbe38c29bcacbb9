// What articles are made of, and where their links lead.
import type { IconName } from '@/components/icon-names'
import type { components } from '@/http'
import { isChinese, say, type Text } from '@/locale'

export type Article = components['schemas']['ArticleOut']
export type ArticleCard = components['schemas']['ArticleCard']
export type Body = components['schemas']['BodyOut']
export type Block = components['schemas']['BlockOut']
export type Span = components['schemas']['SpanOut']
export type Kind = 'announcement' | 'guide' | 'help'

/** The blocks in the reader's language; the Chinese ones with `isGap` where nobody has translated them yet. */
export function blocksOf(body: Body): { blocks: Block[]; isGap: boolean; lang: string } {
  if (isChinese.value) return { blocks: body.zh, isGap: false, lang: 'zh-Hans' }
  if (body.en.length > 0) return { blocks: body.en, isGap: false, lang: 'en' }
  return { blocks: body.zh, isGap: body.zh.length > 0, lang: 'zh-Hans' }
}

/** Where a link of an article leads: to another article, or outside. */
export function targetOf(href: string): { to: string; query: Record<string, string>; href: string } {
  const found = /^(guide|help):(.+)$/.exec(href)
  if (!found) return { to: '', query: {}, href }
  return { to: '/info/article', query: { kind: found[1] as string, slug: found[2] as string }, href: '' }
}

const SIGNS: readonly IconName[] = [
  ...(['info', 'ticket', 'wallet', 'shield', 'alert', 'chat', 'bag', 'pill', 'report', 'lock'] as const),
  ...(['passport', 'calendar', 'phone', 'people', 'visit', 'megaphone', 'building', 'help'] as const),
]

/** The sign beside an article's title; a plain one for a sign that this version of the app does not know. */
export function iconOf(symbol: string): IconName {
  return SIGNS.find((each) => each === symbol) ?? 'info'
}

/** The lines of a text that the server keeps as lines. */
export function linesOf(text: Text): string[] {
  return say(text).words.split('\n').filter(Boolean)
}
