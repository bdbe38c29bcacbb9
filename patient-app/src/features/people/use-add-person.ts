// Saving a new person, and asking for a record where the hospital has one already.
import { api } from '@/http'
import { useSubmit } from '@/features/foundation/use-submit'
import { startAt } from '@/navigation'

import { claimOf, clearDraft, draft, personOf } from './draft'

export function useAddPerson() {
  const save = useSubmit(
    () => api.post('/api/people', { body: personOf(draft) }),
    (made) => {
      clearDraft()
      startAt('/people/person', { id: made.id, added: '1' })
    },
  )
  const claim = useSubmit(
    () => api.post('/api/people/claims', { body: claimOf(draft) }),
    (made) => {
      clearDraft()
      startAt('/people/claim', { id: made.id })
    },
  )
  return { save, claim }
}
