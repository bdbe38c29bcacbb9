// One doctor as one books them, their colleagues, and the lists from which a search begins.
import { computed, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'
import type { Text } from '@/locale'

const MOST = 50

export function useOffer(id: Ref<string>, isClinic: Ref<boolean>) {
  return useLoad(async () => {
    const whose = isClinic.value ? { department: id.value, clinic: true } : { doctor: id.value }
    return (await api.get('/api/booking/doctors', { query: { ...whose, limit: 1 } })).doctors
  })
}

/** The doctors of the department in which a booking is. */
export function useColleagues(departmentId: () => string) {
  return useLoad(async () => {
    const department = departmentId()
    return department ? (await api.get('/api/booking/doctors', { query: { department, limit: MOST } })).doctors : []
  })
}

/** What patients come with, and the departments, once each: by specialty and by id. */
export function useStarts() {
  const symptoms = useLoad(() => api.get('/api/booking/symptoms'), { key: 'symptoms' })
  const departments = useLoad(() => api.get('/api/departments', { query: {} }), { key: 'departments' })
  const specialties = computed(() => {
    const names = new Map<string, Text>()
    for (const each of departments.data ?? []) if (!names.has(each.specialty)) names.set(each.specialty, each.name)
    return [...names].map(([code, name]) => ({ code, name }))
  })
  return { symptoms, departments, specialties }
}
