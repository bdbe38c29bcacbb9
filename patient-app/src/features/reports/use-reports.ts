import { computed, ref, type Ref } from 'vue'

import { useChosenPerson } from '@/features/foundation/chosen-person'
import { useLoad, type Load } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { useLive } from '@/features/visit/use-live'
import { api, download, type components } from '@/http'
import { isChinese, sayPlain } from '@/locale'
import { replaceWith } from '@/navigation'
import { platform } from '@/platform'

export type Listed = components['schemas']['PatientReportOut']
export type Report = components['schemas']['ReportOut']
export type Value = components['schemas']['ValueOut']

/** The list over one's people: filtered by kind and person, older ones on demand. */
export function useReports() {
  const kind = ref('')
  const whose = ref('')
  const { people } = useChosenPerson()
  const older = ref<Listed[]>([])
  const nextBefore = ref<string | null>(null)

  const query = (before?: string) => ({
    kind: (kind.value || undefined) as 'LAB' | 'EXAM' | undefined,
    person_id: whose.value || undefined,
    before,
  })
  const load = useLoad(
    async () => {
      const page = await api.get('/api/reports', { query: query() })
      older.value = []
      nextBefore.value = page.next_before ?? null
      return page
    },
    { needsSignIn: true },
  )
  useLive(() => void load.reload())
  const more = useSubmit(async () => {
    const page = await api.get('/api/reports', { query: query(nextBefore.value ?? undefined) })
    older.value = [...older.value, ...page.reports]
    nextBefore.value = page.next_before ?? null
  })
  const all = computed(() => [...(load.data?.reports ?? []), ...older.value])
  const closed = computed(() => all.value.filter((each) => each.state === 'CLOSED'))
  const open = computed(() => all.value.filter((each) => each.state === 'OPEN'))
  const pending = computed(() => load.data?.pending ?? [])
  return { kind, whose, people, load, more, closed, open, pending, nextBefore }
}

export function isOut(value: Pick<Value, 'flag'>): boolean {
  return value.flag !== 'N'
}

/** Whether a name has not been translated for who reads English. */
export function hasGap(names: readonly { zh: string; en: string }[]): boolean {
  return !isChinese.value && names.some((name) => name.en === '')
}

/** The names of what was examined, on one line. */
export function namesOf(names: readonly { zh: string; en: string }[]): string {
  return names.map(sayPlain).join(isChinese.value ? '、' : ', ')
}

/** Opens the paper: in both languages for who reads English, since desks here read Chinese. */
export function usePdf(address: () => string, name: () => string) {
  return useSubmit(async () => {
    const file = await download(`${address()}?language=${isChinese.value ? 'zh' : 'both'}`)
    await platform.openDocument(file, name())
  })
}

export type Given = components['schemas']['MedicalDocumentOut']

/** Certificates and letters of one's people, or of one of them; the paper opens in the best language it prints in. */
export function useDocuments(whose: Ref<string>) {
  const load = useLoad(() => api.get('/api/medical-documents', { query: { person_id: whose.value || undefined } }), { needsSignIn: true })
  const open = useSubmit(async (_key, document: Given) => {
    const language = languageOf(document)
    const file = await download(`/api/medical-documents/${document.id}/pdf?language=${language}`)
    await platform.openDocument(file, `${document.number || 'document'}-${language}.pdf`)
  })
  return { load, open }
}

/** In both languages for who reads English, where there are both; else in the one there is. */
export function languageOf(document: Given): Given['languages'][number] {
  const wished = isChinese.value ? 'zh' : 'both'
  return document.languages.includes(wished) ? wished : (document.languages[0] ?? wished)
}

/** One laboratory report; a closed one leads to why it is closed. */
export function useReport(id: Ref<string>) {
  return useLoad(() => api.get('/api/reports/{report_id}', { path: { report_id: id.value } }).catch(explainClosed(id)), { needsSignIn: true })
}

export function useExamReport(id: Ref<string>) {
  return useLoad(() => api.get('/api/exam-reports/{report_id}', { path: { report_id: id.value } }).catch(explainClosed(id)), { needsSignIn: true })
}

/** Why a report is closed; once the doctor opens it, the reader goes on to it by itself. */
export function useClosedReport(id: Ref<string>) {
  let page = '/reports/report'
  const load: Load<components['schemas']['ClosedReportOut']> = useLoad(
    async () => {
      try {
        const found = await api.get('/api/reports/closed/{report_id}', { path: { report_id: id.value } })
        if (found.kind === 'EXAM') page = '/reports/exam'
        return found
      } catch (refusal) {
        if (load.data !== null && (refusal as { code?: string }).code === 'unknown_report') replaceWith(page, { id: id.value })
        throw refusal
      }
    },
    { needsSignIn: true },
  )
  useLive(() => void load.reload())
  return load
}

function explainClosed(id: Ref<string>) {
  return (refusal: { code?: string }): never => {
    if (refusal.code === 'report_closed') replaceWith('/reports/closed', { id: id.value })
    throw refusal
  }
}
