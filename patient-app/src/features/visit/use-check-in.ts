import { computed, ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, type components } from '@/http'
import { platform } from '@/platform'

export type Arrival = components['schemas']['ArrivalOut']
type CheckedIn = components['schemas']['CheckedInOut']

/** Checking in for a visit of today: by the clinic's code, or by where the telephone is. */
export function useCheckIn(id: Ref<string>, code: Ref<string>) {
  const load = useLoad(() => api.get('/api/check-in'), { needsSignIn: true })
  const arrivals = computed(() => load.data ?? [])
  const chosen = computed(() => arrivals.value.find((each) => each.appointment_id === id.value))
  const hasNoPlace = ref(false)
  const submit = useSubmit<[() => Promise<CheckedIn | null>], CheckedIn | null>(
    (_, send) => send(),
    (done) => void (done?.visit && load.reload()),
  )
  let latest: ((takesNumber: boolean) => Promise<CheckedIn | null>) | null = null

  function byCode(appointment?: string): Promise<boolean> {
    return run((takesNumber) => api.post('/api/check-in', { body: { code: code.value, appointment_id: appointment ?? null, takes_number: takesNumber } }))
  }

  function byPlace(appointment: string): Promise<boolean> {
    return run(async (takesNumber) => {
      const position = await platform.findPosition()
      hasNoPlace.value = position === null
      return position && api.post('/api/check-in/here', { body: { appointment_id: appointment, takes_number: takesNumber, ...position } })
    })
  }

  function run(send: (takesNumber: boolean) => Promise<CheckedIn | null>): Promise<boolean> {
    latest = send
    hasNoPlace.value = false
    return submit.run(() => send(false))
  }

  /** The same once more, with the number that was missing. */
  function withNumber(): void {
    const send = latest
    if (send) void submit.run(() => send(true))
  }

  const isNumberMissing = computed(() => submit.refusal?.code === 'number_not_taken')
  return { load, arrivals, chosen, submit, hasNoPlace, isNumberMissing, byCode, byPlace, withNumber }
}

/** The code in what was scanned: the address on the screen, or the code alone. */
export function codeIn(scanned: string): string {
  return /[?&]code=([^&#]+)/.exec(scanned)?.[1] ?? scanned
}
