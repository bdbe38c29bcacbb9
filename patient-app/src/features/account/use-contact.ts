import { computed, ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { t } from '@/locale'

import { digitsOf } from './use-code'

export type ContactKind = 'email' | 'phone'

/** A new e-mail address or phone: first the address, then the code that was sent there. */
export function useContact(kind: () => ContactKind, done: () => void) {
  const address = ref('')
  const typed = ref('')
  const isTried = ref(false)
  const isSent = ref(false)

  const send = useSubmit(
    (_key, to: string) => api.post('/api/account/contact/codes', { body: { address: to } }),
    () => {
      isSent.value = true
      isTried.value = false
    },
  )
  const change = useSubmit(
    () => api.put('/api/account/contact', { body: { address: address.value.trim(), code: digitsOf(typed.value) } }),
    done,
  )
  const remove = useSubmit(() => api.delete('/api/account/contact/{kind}', { path: { kind: kind() } }), done)

  const addressFault = computed(() => (isTried.value && !isSent.value && !address.value.trim() ? t('field.required') : ''))
  const codeFault = computed(() => (isTried.value && isSent.value && !digitsOf(typed.value) ? t('field.required') : ''))
  const isBusy = computed(() => send.isBusy || change.isBusy)
  const refusal = computed(() => (isSent.value ? change.refusal : send.refusal))

  async function run(): Promise<void> {
    isTried.value = true
    if (!isSent.value) {
      if (address.value.trim()) await send.run(address.value.trim())
    } else if (digitsOf(typed.value)) await change.run()
  }

  /** Back to the address, which stays as it was typed. */
  function edit(): void {
    isSent.value = false
    typed.value = ''
    change.reset()
  }

  return { address, typed, isSent, isBusy, refusal, addressFault, codeFault, remove, run, edit }
}
