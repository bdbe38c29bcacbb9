// A record that was asked for: a code to the address on file, or the registration desk.
import { computed, ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, Refusal, type components } from '@/http'
import { t } from '@/locale'
import { startAt } from '@/navigation'

export type Claim = components['schemas']['ClaimOut']
export type CodeWay = 'EMAIL' | 'PHONE'

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
  const chosen = ref<CodeWay | ''>('')
  const addresses = computed(() => ({ EMAIL: load.data?.code_address ?? '', PHONE: load.data?.code_phone ?? '' }))
  const ways = computed(() => (['EMAIL', 'PHONE'] as const).filter((each) => addresses.value[each]))
  /** Over which way the next code goes: as chosen, else as the last one, else the first there is. */
  const way = computed<CodeWay | undefined>({
    get: () => [chosen.value, load.data?.code_sent_by, ways.value[0]].find((each): each is CodeWay => Boolean(each) && ways.value.includes(each as CodeWay)),
    set: (value) => {
      chosen.value = value ?? ''
    },
  })
  const sendCode = useSubmit(
    () => api.post('/api/people/claims/{claim_id}/code', { path: { claim_id: id.value }, body: { by: way.value ?? 'EMAIL' } }),
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
  return { load, code, ways, way, addresses, sendCode, verify, withdraw }
}
