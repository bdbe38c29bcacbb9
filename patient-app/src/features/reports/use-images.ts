// The images beside an examination report, fetched one at a time as they are looked at.
import { computed, ref, type Ref } from 'vue'

import { api, download, type components } from '@/http'

export type Series = components['schemas']['ImageSeriesOut']
export const WINDOWS = ['', 'LUNG', 'SOFT', 'BONE', 'BRAIN'] as const

/** What there is to look at; an archive that is away is no reason to hide the report. */
export function useImages(report: Ref<string>) {
  const series = ref<Series[]>([])
  const isAway = ref(false)
  const isLoading = ref(false)
  const isEmpty = ref(false)
  const chosen = ref(0)
  const at = ref(1)
  const gray = ref('')
  const picture = ref('')
  const hasFailed = ref(false)
  const shown = computed(() => series.value[chosen.value])
  const count = computed(() => shown.value?.frames.length ?? 0)
  const kept = new Map<string, string>()

  async function open() {
    isLoading.value = true
    try {
      const found = await api.get('/api/exam-reports/{report_id}/images', { path: { report_id: report.value } })
      series.value = found.series
      isAway.value = found.is_away
      isEmpty.value = !found.is_away && found.series.length === 0
      const largest = found.series.reduce((best, each, index) => (each.frames.length > (found.series[best]?.frames.length ?? 0) ? index : best), 0)
      if (found.series.length > 0) await choose(largest)
    } catch {
      isAway.value = true
    } finally {
      isLoading.value = false
    }
  }

  async function choose(index: number) {
    chosen.value = index
    gray.value = ''
    await leaf(Math.ceil(count.value / 2))
  }

  async function leaf(to: number) {
    at.value = Math.min(Math.max(to, 1), Math.max(count.value, 1))
    const frame = shown.value?.frames[at.value - 1]
    if (frame === undefined) return
    const address = `/api/exam-reports/${report.value}/images/${frame}${gray.value ? `?window=${gray.value}` : ''}`
    try {
      const file = kept.get(address) ?? (await download(address))
      kept.set(address, file)
      // The reader may have leafed on while this one came.
      if (shown.value?.frames[at.value - 1] === frame) {
        picture.value = file
        hasFailed.value = false
      }
    } catch {
      hasFailed.value = true
    }
  }

  async function change(window: string) {
    gray.value = window
    await leaf(at.value)
  }

  return { series, isAway, isLoading, isEmpty, chosen, at, gray, picture, hasFailed, shown, count, open, choose, leaf, change }
}
