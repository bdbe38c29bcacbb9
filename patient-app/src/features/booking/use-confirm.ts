// A held place until it is booked: the clock, the price, for whom, and what to do when the time is over.
import { computed, ref, watch, type Ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { dayOf } from '@/locale/dates'
import { go, replaceWith } from '@/navigation'

import { nextFree, placesAhead } from './days'
import type { Place, Price, SessionPlaces } from './types'
import { useAppointment, useHold } from './use-appointment'

export interface Preview {
  price: Price | null
  payBy: string | null
  freeUntil: string | null
}

export function useConfirm(id: Ref<string>) {
  const load = useAppointment(id)
  const hasEnded = ref(false)
  const places = ref<Place[]>([])
  const appointment = computed(() => load.data)
  const isOver = computed(() => appointment.value !== null && (hasEnded.value || appointment.value.state !== 'HELD'))
  const preview = computed<Preview>(() => ({
    price: appointment.value?.preview?.price ?? null,
    payBy: appointment.value?.preview?.pay_by ?? null,
    freeUntil: appointment.value?.preview?.free_until ?? null,
  }))
  const next = computed(() => (appointment.value ? nextFree(places.value, appointment.value.starts_at) : null))

  watch(
    () => load.data,
    async (found) => {
      if (!found) return
      if (found.state === 'BOOKED' || found.state === 'TAKEN') {
        replaceWith('/booking/appointment', { id: found.id })
        return
      }
      hasEnded.value = found.state !== 'HELD'
      await readDay()
    },
  )

  async function readDay(): Promise<void> {
    const found = appointment.value
    if (!found) return
    const path = { doctor_id: found.clinician_id }
    const query = { day: dayOf(found.starts_at), clinic: found.is_clinic }
    try {
      const answer = (await api.get('/api/booking/doctors/{doctor_id}/places', { path, query })) as unknown as SessionPlaces[]
      places.value = placesAhead(answer)
    } catch {
      // The next time is an addition: the hold itself is in sight.
    }
  }

  function end(): void {
    hasEnded.value = true
    void readDay()
  }

  const book = useSubmit(
    async (_key, paysNow: boolean) => {
      await api.post('/api/appointments/{appointment_id}/book', { path: { appointment_id: id.value }, body: { registration_type: '' } })
      return paysNow
    },
    (paysNow) => replaceWith('/booking/booked', { id: id.value, ...(paysNow ? { pay: 1 } : {}) }),
  )
  const giveBack = useSubmit(
    () => api.post('/api/appointments/{appointment_id}/release', { path: { appointment_id: id.value } }),
    chooseAgain,
  )
  const hold = useHold((appointmentId) => {
    id.value = appointmentId
    hasEnded.value = false
    void load.reload()
  })
  const takeNext = useSubmit(async (_key, slotId: number) => {
    const found = appointment.value
    if (found) await holdOr(slotId, found.person_id)
  })
  // Never given back in between: the last place of a session would not come back to the same hands.
  const change = useSubmit(
    (_key, personId: string) => api.post('/api/appointments/{appointment_id}/person', { path: { appointment_id: id.value }, body: { person_id: personId } }),
    () => void load.reload(),
  )

  async function holdOr(slotId: number, personId: string): Promise<void> {
    await hold.run(slotId, personId)
    if (hold.refusal) throw hold.refusal
  }

  function chooseAgain(): void {
    const found = appointment.value
    if (found) replaceWith('/booking/doctor', { id: found.clinician_id, clinic: found.is_clinic ? 1 : undefined, day: dayOf(found.starts_at) })
    else go('/booking/doctors')
  }

  return { load, appointment, isOver, preview, next, book, giveBack, change, takeNext, end, chooseAgain }
}
