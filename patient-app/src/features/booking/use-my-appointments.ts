// My appointments: those to come or those that are over, page by page.
import { computed, ref, watch } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import type { MyAppointment } from './types'

export type When = 'coming' | 'past'
const PAGE = 20

export function useMyAppointments() {
  const when = ref<When>('coming')
  const later = ref<MyAppointment[]>([])
  const isLast = ref(false)
  const load = useLoad(
    async () => {
      const found = await read(0)
      later.value = []
      isLast.value = !found.has_more
      return found
    },
    { needsSignIn: true },
  )
  const items = computed<MyAppointment[]>(() => [...(load.data?.items ?? []), ...later.value])
  const more = useSubmit(
    () => read(items.value.length),
    (found) => {
      const known = new Set(items.value.map((each) => each.id))
      later.value = [...later.value, ...found.items.filter((each) => !known.has(each.id))]
      isLast.value = !found.has_more
    },
  )

  function read(offset: number) {
    return api.get('/api/my-appointments', { query: { when: when.value, offset, limit: PAGE } })
  }

  watch(when, () => {
    load.data = null
    void load.reload()
  })
  return { when, load, items, more, hasMore: computed(() => !isLast.value) }
}
