import { computed, ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { t } from '@/locale'

import { enter, languageTag } from './entry'
import { digitsOf } from './use-code'

export const LEAST = 10

/** What can be seen of a new password before the server looks at it. */
export function passwordFault(password: string): string {
  if (!password) return t('field.required')
  return password.length < LEAST ? t('account.password.short', { least: LEAST }) : ''
}

/** Setting or changing the password of a signed-in account. */
export function usePassword(hasOne: () => boolean, done: () => void) {
  const current = ref('')
  const fresh = ref('')
  const isTried = ref(false)
  const submit = useSubmit(
    () => api.put('/api/account/password', { body: { new_password: fresh.value, current_password: current.value } }),
    done,
  )
  const freshFault = computed(() => (isTried.value ? passwordFault(fresh.value) : ''))
  const currentFault = computed(() => (isTried.value && hasOne() && !current.value ? t('field.required') : ''))

  async function run(): Promise<void> {
    isTried.value = true
    if (!freshFault.value && !currentFault.value) await submit.run()
  }
  return { current, fresh, submit, freshFault, currentFault, run }
}

/** A forgotten password: an address, then its code and a new password. */
export function useReset(typedAddress = '') {
  const address = ref(typedAddress)
  const typed = ref('')
  const fresh = ref('')
  const isSent = ref(false)
  const isTried = ref(false)

  const send = useSubmit(
    (_key, to: string) => api.post('/api/sign-in/codes', { body: { address: to, language: languageTag(), purpose: 'RESET_PASSWORD' } }),
    () => {
      isSent.value = true
      isTried.value = false
    },
  )
  const reset = useSubmit(
    () =>
      api.post('/api/sign-in/password/reset', {
        body: { address: address.value.trim(), code: digitsOf(typed.value), new_password: fresh.value },
      }),
    enter,
  )
  const addressFault = computed(() => (isTried.value && !address.value.trim() ? t('field.required') : ''))
  const codeFault = computed(() => (isTried.value && isSent.value && !digitsOf(typed.value) ? t('field.required') : ''))
  const freshFault = computed(() => (isTried.value && isSent.value ? passwordFault(fresh.value) : ''))
  const refusal = computed(() => (isSent.value ? reset.refusal : send.refusal))
  const isBusy = computed(() => send.isBusy || reset.isBusy)

  async function run(): Promise<void> {
    isTried.value = true
    if (addressFault.value || codeFault.value || freshFault.value) return
    await (isSent.value ? reset.run() : send.run(address.value.trim()))
  }
  return { address, typed, fresh, isSent, isBusy, refusal, addressFault, codeFault, freshFault, run }
}
