// The days and places of one doctor, and which place the reader has chosen.
import { computed, ref, watch } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'

import { firstDay, placesAhead } from './days'
import type { FreeDay, OfferSession, Place, SessionPlaces } from './types'

interface DoctorDay {
  day: string
  places: Place[]
  sessions: OfferSession[]
  /** The sessions that have a place which has not passed. */
  ahead: string[]
  owners: Record<number, string>
}

/** `isClinic`: the id is a department's, whose clinics have no doctor's name. */
export function usePlaces(doctorId: () => string, wantedDay: () => string, isClinic: () => boolean = () => false) {
  const day = ref('')
  const chosen = ref<Place | null>(null)
  const days = useLoad(async () => {
    if (doctorId() === '') return [] // the page does not know yet whose days it shows
    const found = (await api.get('/api/booking/days', { query: isClinic() ? { department: doctorId(), clinic: true } : { doctor: doctorId() } })) as unknown as FreeDay[]
    if (day.value === '') day.value = firstDay(found, wantedDay())
    else void board.reload()
    return found
  })
  const board = useLoad(async () => {
    if (day.value === '' || doctorId() === '') return null
    return readDay(doctorId(), day.value, isClinic())
  })
  const session = computed(() => {
    const place = chosen.value
    return board.data?.sessions.find((each) => place !== null && each.id === board.data?.owners[place.id]) ?? board.data?.sessions[0] ?? null
  })

  watch(day, () => {
    chosen.value = null
    board.data = null // the places of another day are not to be chosen any more
    void board.reload()
  })
  // A place that somebody else took meanwhile is not chosen any more.
  watch(
    () => board.data,
    (found) => {
      const place = found?.places.find((each) => each.id === chosen.value?.id)
      if (chosen.value && found && (!place || place.free === 0)) chosen.value = null
    },
  )

  return { day, chosen, days, board, session }
}

async function readDay(doctor: string, day: string, isClinic: boolean): Promise<DoctorDay> {
  const query = isClinic ? { day, clinic: true } : { day }
  const [found, sessions] = await Promise.all([
    api.get('/api/booking/doctors/{doctor_id}/places', { path: { doctor_id: doctor }, query }) as unknown as Promise<SessionPlaces[]>,
    api.get('/api/booking/doctors/{doctor_id}/sessions', { path: { doctor_id: doctor }, query }),
  ])
  const owners: Record<number, string> = {}
  for (const each of found) for (const place of each.places) owners[place.id] = each.session_id
  const places = placesAhead(found)
  return { day, places, sessions, ahead: places.flatMap((place) => owners[place.id] ?? []), owners }
}
