// Countries and territories by name in the reader's language; those from which most patients come stand first.
import { computed, type ComputedRef } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'
import { sayPlain } from '@/locale'

export interface Option {
  value: string
  label: string
}

const FREQUENT = ['CHN', 'HKG', 'MAC', 'TWN', 'GBR', 'USA', 'FRA', 'DEU', 'JPN', 'KOR', 'IND', 'SAU', 'RUS', 'NGA', 'AUS']

export function useCountries(): { countries: ComputedRef<Option[]>; countryWord: (code: string) => string; load: ReturnType<typeof read> } {
  const load = read()
  const countries = computed(() => {
    const all = (load.data ?? []).map((each) => ({ value: each.code, label: sayPlain(each.name) }))
    const first = FREQUENT.flatMap((code) => all.find((each) => each.value === code) ?? [])
    const rest = all.filter((each) => !FREQUENT.includes(each.value)).sort((one, other) => (one.label < other.label ? -1 : 1))
    return [...first, ...rest]
  })
  return { countries, countryWord: (code) => countries.value.find((each) => each.value === code)?.label ?? code, load }
}

function read() {
  return useLoad(() => api.get('/api/documents/countries'), { key: 'countries' })
}
