// Bills over all my people: what is to pay, what was paid.
import { computed, ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, type components } from '@/http'

export type UnpaidBill = components['schemas']['UnpaidBillOut']
export type PaidBill = components['schemas']['PaidBillOut']

const PAGE = 20

export function useBills() {
  const earlier = ref<PaidBill[]>([])
  const isAll = ref(false)
  const load = useLoad(
    async () => {
      const [open, paid] = await Promise.all([
        api.get('/api/bills/open', {}),
        api.get('/api/bills/paid', { query: { limit: PAGE } }),
      ])
      earlier.value = []
      isAll.value = paid.length < PAGE
      return { open, paid }
    },
    { key: 'bills', needsSignIn: true },
  )
  const paid = computed(() => [...(load.data?.paid ?? []), ...earlier.value])
  const more = useSubmit(
    () => api.get('/api/bills/paid', { query: { limit: PAGE, before: paid.value.at(-1)?.paid_at ?? undefined } }),
    (rows) => {
      earlier.value = [...earlier.value, ...rows]
      isAll.value = rows.length < PAGE
    },
  )
  return { load, paid, more, isAll }
}
