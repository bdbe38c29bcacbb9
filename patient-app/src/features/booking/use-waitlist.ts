// Waiting for a place that others give back: what my people wait for, join, leave.
import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import type { OfferSession } from './types'

export function useWaitlist() {
  return useLoad(() => api.get('/api/waitlist'), { needsSignIn: true })
}

export function useJoinWaitlist(done: () => void) {
  return useSubmit(
    (_key, personId: string, sessionId: string) => api.post('/api/waitlist', { body: { person_id: personId, session_id: sessionId } }),
    done,
  )
}

/** For any session of the doctor in which a place comes back on these days (YYYY-MM-DD, both included). */
export function useWaitForDoctor(done: () => void) {
  return useSubmit(
    (_key, personId: string, doctorId: string, first: string, last: string) =>
      api.post('/api/waitlist', { body: { person_id: personId, doctor_id: doctorId, first, last } }),
    done,
  )
}

/** The day so many days after another. */
export function daysAfter(day: string, number: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + number * 86_400_000).toISOString().slice(0, 10)
}

export function useLeaveWaitlist(done: () => void) {
  return useSubmit((_key, entryId: string) => api.post('/api/waitlist/{entry_id}/leave', { path: { entry_id: entryId } }), done)
}

/** The first session of a day in which one can wait only: nothing is free, and nothing will be released. */
export function firstFull(sessions: readonly OfferSession[]): OfferSession | null {
  return sessions.find((each) => each.free === 0 && each.opens_at === null) ?? null
}

/** When the next places of a day are released; null where none will be. */
export function nextRelease(sessions: readonly OfferSession[]): string | null {
  const instants = sessions.flatMap((each) => (each.free === 0 && each.opens_at ? [each.opens_at] : []))
  return instants.sort()[0] ?? null
}
