// One person in full, and what can be done about them.
import type { Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, isSignedIn, type components } from '@/http'
import { startAt } from '@/navigation'

export type PersonDetail = components['schemas']['PersonDetailOut']
export type DocumentOut = components['schemas']['DocumentOut']

export function usePerson(id: Ref<string>) {
  const path = () => ({ person_id: id.value })
  const load = useLoad(() => api.get('/api/people/{person_id}', { path: path() }), { needsSignIn: true })
  const holders = useLoad(
    () => (load.data?.relation === 'SELF' ? api.get('/api/people/{person_id}/holders', { path: path() }) : Promise.resolve([])),
    { needsSignIn: true },
  )
  const again = () => void load.reload()

  const useFirst = useSubmit(
    (_key, documentId: string) =>
      api.post('/api/people/{person_id}/documents/{document_id}/primary', { path: { ...path(), document_id: documentId } }),
    again,
  )
  const removeDocument = useSubmit(
    (_key, documentId: string) =>
      api.delete('/api/people/{person_id}/documents/{document_id}', { path: { ...path(), document_id: documentId } }),
    again,
  )
  const removeCard = useSubmit(
    (_key, cardId: string) =>
      api.delete('/api/people/{person_id}/insurance-cards/{card_id}', { path: { ...path(), card_id: cardId } }),
    again,
  )
  const showFirst = useSubmit(() => api.post('/api/people/{person_id}/default', { path: path() }), again)
  const endHolder = useSubmit(
    (_key, holderId: string) =>
      api.delete('/api/people/{person_id}/holders/{holder_id}', { path: { ...path(), holder_id: holderId } }),
    () => void holders.reload(),
  )
  const remove = useSubmit(
    () => api.delete('/api/people/{person_id}', { path: path() }),
    () => startAt('/people/people'),
  )
  return { load, holders, useFirst, removeDocument, removeCard, showFirst, endHolder, remove, isSignedIn }
}
