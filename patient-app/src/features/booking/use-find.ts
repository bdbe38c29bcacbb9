// Looking for a doctor: words, filters, a day; what was found page by page.
import { computed, onUnmounted, reactive, ref, watch } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import type { FreeDay, Offer, Offers } from './types'

const PAUSE = 350
const PAGE = 10
const MOST = 50

export type Sex = '' | 'M' | 'F'
export type Part = '' | 'AM' | 'PM' | 'EVENING'
export type Sort = '' | 'match' | 'soonest' | 'senior' | 'price' | 'distance'

export interface Filters {
  specialty: string
  department: string
  campus: string
  language: string
  title: string
  sex: Sex
  part: Part
}

export function noFilters(): Filters {
  return { specialty: '', department: '', campus: '', language: '', title: '', sex: '', part: '' }
}

/** How many filters of the sheet are set; specialty, campus and language have buttons of their own. */
export function countFilters(filters: Filters): number {
  return [filters.title, filters.sex, filters.part].filter((value) => value !== '').length
}

/** What is asked of the server: empty choices are left out. */
export function queryOf(words: string, filters: Filters): Record<string, string> {
  const pairs = [['q', words.trim()], ...Object.entries(filters)] as [string, string][]
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** A department may have several clinics without a doctor's name. */
export function keyOf(offer: Offer): string {
  return offer.is_clinic ? `${offer.id} ${offer.name.en}` : offer.id
}

export function useFind() {
  const words = ref('')
  const day = ref('')
  const sort = ref<Sort>('')
  const near = ref('') // campuses, the nearest first, for the order by distance
  const filters = reactive<Filters>(noFilters())
  const later = ref<Offer[]>([])
  const campuses = useLoad(() => api.get('/api/campuses'), { key: 'campuses' })
  const days = useLoad(
    () => api.get('/api/booking/days', { query: queryOf(words.value, filters) }) as unknown as Promise<FreeDay[]>,
  )
  const offers = useLoad(async () => {
    const found = await read(0, PAGE)
    later.value = []
    return found
  })
  const more = useSubmit(
    () => read(shown.value.length, MOST),
    (found: Offers) => {
      const known = new Set(shown.value.map(keyOf))
      later.value = [...later.value, ...found.doctors.filter((each) => !known.has(keyOf(each)))]
    },
  )
  const shown = computed<Offer[]>(() => [...(offers.data?.doctors ?? []), ...later.value])
  const hasMore = computed(() => shown.value.length < (offers.data?.total ?? 0))

  function read(offset: number, limit: number): Promise<Offers> {
    const query = { ...queryOf(words.value, filters), offset, limit, ...(day.value ? { day: day.value } : {}), ...(sort.value ? { sort: sort.value } : {}), ...(sort.value === 'distance' ? { near: near.value } : {}) }
    return api.get('/api/booking/doctors', { query: query as never })
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  onUnmounted(() => clearTimeout(timer))
  const again = () => {
    void offers.reload()
    void days.reload()
  }
  watch(words, () => {
    clearTimeout(timer)
    timer = setTimeout(again, PAUSE)
  })
  watch(filters, again)
  watch([day, sort, near], () => void offers.reload())

  function clear(): void {
    words.value = ''
    day.value = ''
    Object.assign(filters, noFilters())
  }

  return { words, day, sort, near, filters, campuses, days, offers, shown, more, hasMore, clear }
}
