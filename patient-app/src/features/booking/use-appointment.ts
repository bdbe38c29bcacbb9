// One booking: hold, book, give back, change, calendar.
import { ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, download } from '@/http'
import { dayOf } from '@/locale/dates'
import { platform } from '@/platform'

import type { MyAppointment } from './types'

export function readAppointment(id: string): Promise<MyAppointment> {
  return api.get('/api/appointments/{appointment_id}', { path: { appointment_id: id } })
}

export function useAppointment(id: Ref<string>) {
  return useLoad(() => readAppointment(id.value), { needsSignIn: true })
}

/** Holds a place for a person; resolves with the booking. */
export function useHold(done: (appointmentId: string) => void) {
  return useSubmit(
    (_key, slotId: number, personId: string) => api.post('/api/appointments/hold', { body: { slot_id: slotId, person_id: personId } }),
    (held) => done(held.appointment_id),
  )
}

export function useBook(id: Ref<string>, done: () => void) {
  return useSubmit(() => api.post('/api/appointments/{appointment_id}/book', { path: { appointment_id: id.value }, body: { registration_type: '' } }), done)
}

export function useRelease(id: Ref<string>, done: () => void) {
  return useSubmit(() => api.post('/api/appointments/{appointment_id}/release', { path: { appointment_id: id.value } }), done)
}

/** Reasons as the hospital counts them; the word goes along with what the patient adds. */
export const REASONS = ['plans', 'better', 'time', 'doctor', 'other'] as const
export type Reason = (typeof REASONS)[number]

/** What is sent: the word of the reason and what was typed, on one line. */
export function reasonText(reason: Reason, words: string): string {
  const typed = words.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return (typed ? `${reason}: ${typed}` : reason).slice(0, 200)
}

export function useCancel(id: Ref<string>, done: () => void) {
  return useSubmit(
    (_key, refund: string, reason: string) =>
      api.post('/api/appointments/{appointment_id}/cancel', { path: { appointment_id: id.value }, body: { reason, refund } }),
    done,
  )
}

export function useChange(id: Ref<string>, done: () => void) {
  const terms = useSubmit((_key, slotId: number) =>
    api.post('/api/appointments/{appointment_id}/change-terms', { path: { appointment_id: id.value }, body: { slot_id: slotId } }),
  )
  const change = useSubmit(
    (_key, slotId: number, toPay: string) =>
      api.post('/api/appointments/{appointment_id}/change', { path: { appointment_id: id.value }, body: { slot_id: slotId, to_pay: toPay } }),
    done,
  )
  return { terms, change }
}

/** What a called-off patient may choose instead, and taking it. */
export function useRebooking(id: () => string, done: (appointmentId: string) => void) {
  const offer = useLoad(() => api.get('/api/appointments/{appointment_id}/rebooking', { path: { appointment_id: id() } }), { needsSignIn: true })
  const take = useSubmit(
    (_key, slotId: number) => api.post('/api/appointments/{appointment_id}/rebooking', { path: { appointment_id: id() }, body: { slot_id: slotId } }),
    (booked) => done(booked.appointment_id),
  )
  return { offer, take }
}

/** The calendar file, shown by the device or saved. */
export function useCalendar(appointment: () => MyAppointment | null) {
  const isSaved = ref(false)
  const add = useSubmit(async () => {
    const found = appointment()
    if (!found) return
    const file = await download(`/api/appointments/${found.id}/calendar`)
    await platform.openDocument(file, `appointment-${dayOf(found.starts_at)}.ics`)
    isSaved.value = true
  })
  return { add, isSaved }
}
