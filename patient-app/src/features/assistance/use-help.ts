// Help with a booking (interpreter, transport, wheelchair, escort) and how somebody wants to be cared for.
import { reactive, ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import type { components } from '@/http'
import { goBack } from '@/navigation'

type Schemas = components['schemas']
export type Help = Schemas['AssistanceOut']
export type Wishes = Schemas['PreferencesIn']

export const KINDS = ['INTERPRETER', 'TRANSPORT', 'WHEELCHAIR', 'ESCORT'] as const
export type Kind = (typeof KINDS)[number]
const SHANGHAI = '+08:00' // clock times are the hospital's

/** The instant of a day and a clock time at the hospital; null where one is missing. */
export function instantOf(day: string, clock: string): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && /^\d{2}:\d{2}$/.test(clock) ? `${day}T${clock}:00${SHANGHAI}` : null
}

export function useHelp(id: Ref<string>) {
  const load = useLoad(() => api.get('/api/appointments/{appointment_id}/assistance', { path: { appointment_id: id.value } }), { needsSignIn: true })
  const typed = reactive({ kind: 'INTERPRETER' as Kind, language: '', hours: '2', day: '', clock: '', from: '', to: '', note: '' })
  const isAsked = ref(false)
  const ask = useSubmit(
    (key) =>
      api.post('/api/appointments/{appointment_id}/assistance', {
        path: { appointment_id: id.value },
        body: {
          kind: typed.kind,
          language: typed.kind === 'INTERPRETER' ? typed.language : '',
          hours: Number(typed.hours),
          starts_at: typed.kind === 'TRANSPORT' ? instantOf(typed.day, typed.clock) : null,
          from_place: typed.kind === 'TRANSPORT' ? typed.from.trim() : '',
          to_place: typed.kind === 'TRANSPORT' ? typed.to.trim() : '',
          note: typed.note.trim(),
          idempotency_key: key,
        },
      }),
    () => {
      isAsked.value = true
      Object.assign(typed, { from: '', to: '', note: '' })
      void load.reload()
    },
  )
  const cancel = useSubmit(
    (_key, requestId: string) => api.post('/api/assistance/{request_id}/cancel', { path: { request_id: requestId } }),
    () => void load.reload(),
  )
  return { load, typed, ask, cancel, isAsked }
}

export function useWishes(person: Ref<string>) {
  const load = useLoad(() => api.get('/api/people/{person_id}/preferences', { path: { person_id: person.value } }), { needsSignIn: true })
  const save = useSubmit(
    (_key, wishes: Wishes) => api.put('/api/people/{person_id}/preferences', { path: { person_id: person.value }, body: wishes }),
    () => goBack('/people/people'),
  )
  return { load, save }
}
