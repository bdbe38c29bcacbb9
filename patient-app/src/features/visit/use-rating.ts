// What somebody says of a visit that is over.
import type { Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

export function useRating(id: Ref<string>, done: () => void) {
  const load = useLoad(() => api.get('/api/appointments/{appointment_id}/rating', { path: { appointment_id: id.value } }), {
    needsSignIn: true,
  })
  const send = useSubmit(
    (_key, stars: number, words: string) =>
      api.post('/api/appointments/{appointment_id}/rating', { path: { appointment_id: id.value }, body: { stars, words } }),
    () => {
      void load.reload()
      done()
    },
  )
  return { load, send }
}
