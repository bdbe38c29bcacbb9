// A record that was asked for: a code to the address on file, or the registration desk.
import { ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, Refusal, type components } from '@/http'
import { t } from '@/locale'
import { startAt } from '@/navigation'

export type Claim = components['schemas']['ClaimOut']

export function useClaims() {
  return useLoad(() => api.get('/api/people/claims'), { key: 'claims', needsSignIn: true })
}

export function useClaim(id: Ref<string>) {
  const code = ref('')
  const load = useLoad<Claim>(
    async () => {
      const found = (await api.get('/api/people/claims')).find((each) => each.id === id.value)
      if (found) return found
      throw new Refusal('refused', { status: 404, code: 'unknown_claim', detail: t('people.claim.gone') })
    },
    { needsSignIn: true },
  )
  const sendCode = useSubmit(
    () => api.post('/api/people/claims/{claim_id}/code', { path: { claim_id: id.value } }),
    () => {
      code.value = ''
      void load.reload()
    },
  )
  const verify = useSubmit(
    () => api.post('/api/people/claims/{claim_id}/verify', { path: { claim_id: id.value }, body: { code: code.value.trim() } }),
    (made) => startAt('/people/person', { id: made.id, added: '1' }),
  )
  const withdraw = useSubmit(
    () => api.delete('/api/people/claims/{claim_id}', { path: { claim_id: id.value } }),
    () => startAt('/people/people'),
  )
  return { load, code, sendCode, verify, withdraw }
}
