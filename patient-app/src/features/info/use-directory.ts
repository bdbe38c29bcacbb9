// Departments as a reader looks for them.
import { computed, onUnmounted, ref, watch } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api, type components } from '@/http'

import { useCampuses } from './use-hospital'

export type Department = components['schemas']['DepartmentOut']
export type Doctor = components['schemas']['DoctorOut']
export type Campus = components['schemas']['CampusOut']

const PAUSE = 300

/** Departments, found by name, symptom or pinyin, of one campus or of all. */
export function useDepartments() {
  const { words, campus, campuses, watchWords } = useFilters()
  const load = useLoad(() => api.get('/api/departments', { query: { campus: campus.value, q: words.value.trim() } }))
  watchWords(load.reload)
  const groups = computed(() => groupsOf(load.data ?? [], campuses.data ?? []))
  return { words, campus, campuses, load, groups }
}

/** What is searched for, asked of the server when the reader pauses, and at once when a campus is chosen. */
function useFilters() {
  const words = ref('')
  const campus = ref('')
  const campuses = useCampuses()
  let timer: ReturnType<typeof setTimeout> | undefined
  onUnmounted(() => clearTimeout(timer))

  function watchWords(reload: () => Promise<void>): void {
    watch(words, () => {
      clearTimeout(timer)
      timer = setTimeout(() => void reload(), PAUSE)
    })
    watch(campus, reload)
  }
  return { words, campus, campuses, watchWords }
}

/** Departments under the campus they belong to, campuses in the hospital's order; those without any are left out. */
export function groupsOf(departments: Department[], campuses: Campus[]): { campus: Campus; departments: Department[] }[] {
  return campuses
    .map((campus) => ({ campus, departments: departments.filter((each) => each.campus_code === campus.code) }))
    .filter((group) => group.departments.length > 0)
}
