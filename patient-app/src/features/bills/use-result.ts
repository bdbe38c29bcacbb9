// How a payment ended: the server is asked until it knows.
import { computed, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import { makePayment } from './make-payment'
import { isFinal, outcomeOf, type Payment } from './outcome'

const SECONDS_BETWEEN_QUESTIONS = 3

export function useResult(payment: Ref<string>) {
  let ended: Payment | null = null
  const load = useLoad<Payment>(
    async () => {
      if (ended?.id === payment.value) return ended
      const told = await api.get('/api/payments/{payment_id}', { path: { payment_id: payment.value } })
      if (isFinal(told)) ended = told
      return told
    },
    { everySeconds: SECONDS_BETWEEN_QUESTIONS, needsSignIn: true },
  )
  const outcome = computed(() => (load.data ? outcomeOf(load.data) : null))
  const resume = useSubmit(async () => {
    if (load.data) await makePayment(load.data)
  })
  const stop = useSubmit(
    () => api.post('/api/payments/{payment_id}/cancel', { path: { payment_id: payment.value } }),
    () => void load.reload(),
  )
  return { load, outcome, resume, stop }
}
