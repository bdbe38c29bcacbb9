// Lists of announcements, guides and help topics, page by page.
import { computed, ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import type { Article, ArticleCard, Kind } from './articles'

export type Audience = '' | 'overseas' | 'families'

/** The articles of a kind that are shown now. A change of audience or words begins again at the first page. */
export function useArticles(kind: Kind) {
  const audience = ref<Audience>('')
  const words = ref('')
  const more = ref<ArticleCard[]>([])
  const page = ref(1)

  const read = (wanted: number) =>
    api.get('/api/articles', { query: { kind, audience: audience.value, q: words.value.trim(), page: wanted } })
  const load = useLoad(async () => {
    const first = await read(1)
    more.value = []
    page.value = 1
    return first
  })
  const next = useSubmit(
    () => read(page.value + 1),
    (found) => {
      page.value = found.page
      const known = new Set(items.value.map((each) => each.slug))
      more.value = [...more.value, ...found.items.filter((each) => !known.has(each.slug))]
    },
  )
  const items = computed(() => [...(load.data?.items ?? []), ...more.value])
  const hasMore = computed(() => load.data !== null && page.value < load.data.pages)

  async function choose(chosen: Audience): Promise<void> {
    audience.value = chosen
    await load.reload()
  }
  return { audience, words, load, items, hasMore, next, choose }
}

/** One article. `subject` gives its kind and slug once the page knows them. */
export function useArticle(subject: () => { kind: Kind; slug: string }) {
  return useLoad<Article>(() => api.get('/api/articles/{kind}/{slug}', { path: subject() }))
}
