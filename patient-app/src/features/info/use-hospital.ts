// The hospital's own page, its campuses, one department, one doctor.
import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'

export function useHospital() {
  return useLoad(() => api.get('/api/hospital'), { key: 'hospital' })
}

export function useCampuses() {
  return useLoad(() => api.get('/api/campuses'), { key: 'campuses' })
}

export function useDepartment(id: () => string) {
  return useLoad(() => api.get('/api/departments/{department_id}', { path: { department_id: id() } }))
}

export function useDoctor(id: () => string) {
  return useLoad(() => api.get('/api/doctors/{doctor_id}/profile', { path: { doctor_id: id() } }))
}
