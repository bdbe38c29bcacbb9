// Ordered examinations: what is asked before, the plan, the booked ones.
import { computed, reactive, ref, watch, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, download, type components } from '@/http'
import { t } from '@/locale'
import { dayOf, formatDay } from '@/locale/dates'
import { platform } from '@/platform'

export type OrderedExam = components['schemas']['OrderedExamOut']
export type ExamBooking = components['schemas']['ExamBookingOut']
export type ExamPlan = components['schemas']['PlanOut']
export type PlannedExam = components['schemas']['PlannedExamOut']
export type ExamTime = components['schemas']['ExamTimeOut']

const DAY = 86_400_000
const AHEAD = 14

/** The examinations of a person, which of them to plan, and the answers. */
export function useOrderedExams(person: Ref<string>) {
  const load = useLoad(() => api.get('/api/people/{person_id}/examinations', { path: { person_id: person.value } }), { needsSignIn: true })
  const chosen = ref<string[]>([])
  const answers = reactive<Record<string, '' | 'yes' | 'no'>>({})
  const toPlan = computed(() => (load.data?.exams ?? []).filter((exam) => exam.status === 'TO_PLAN'))
  const asked = computed(() => {
    const codes = new Set(toPlan.value.filter((exam) => chosen.value.includes(exam.line_id)).flatMap((exam) => exam.questions))
    return (load.data?.questions ?? []).filter((question) => codes.has(question.code))
  })
  const isReady = computed(() => chosen.value.length > 0 && asked.value.every((question) => Boolean(answers[question.code])))

  watch(toPlan, (exams, before) => {
    const known = new Set((before ?? []).map((exam) => exam.line_id))
    const open = exams.map((exam) => exam.line_id)
    chosen.value = open.filter((line) => !known.has(line) || chosen.value.includes(line))
  })
  watch(asked, (questions) => {
    for (const { code } of questions) answers[code] ??= ''
  })
  return { load, chosen, answers, toPlan, asked, isReady }
}

/** What the server takes: the answers to the questions that were asked. */
export function answersOf(asked: readonly { code: string }[], answers: Record<string, string>): Record<string, boolean> {
  return Object.fromEntries(asked.flatMap(({ code }) => (answers[code] ? [[code, answers[code] === 'yes']] : [])))
}

export function usePlan(person: Ref<string>, wanted: () => { lines: string[]; answers: Record<string, boolean> }, done: () => void) {
  const fromDay = ref(dayOf(new Date()))
  const plan = useSubmit(() => {
    const { lines, answers } = wanted()
    const body = { line_ids: lines, answers, from_day: fromDay.value || null }
    return api.post('/api/people/{person_id}/examinations/plan', { path: { person_id: person.value }, body })
  })
  const book = useSubmit((_key, found: ExamPlan) => {
    const spots = found.exams.map((exam) => ({ line_id: exam.line_id, device_id: exam.place.device_id, starts_at: exam.starts_at }))
    return api.post('/api/people/{person_id}/examinations/book', { path: { person_id: person.value }, body: { spots, answers: wanted().answers } })
  }, done)
  return { plan, book, fromDay }
}

/** A plan by its days, in order. */
export function byDay<Exam extends { starts_at: string }>(exams: readonly Exam[]): { day: string; exams: Exam[] }[] {
  const days: { day: string; exams: Exam[] }[] = []
  for (const exam of exams) {
    const day = dayOf(exam.starts_at)
    if (days.at(-1)?.day === day) days.at(-1)!.exams.push(exam)
    else days.push({ day, exams: [exam] })
  }
  return days
}

/** Today and the next days, as a choice. */
export function dayChoices(now = new Date()): { value: string; label: string }[] {
  return Array.from({ length: AHEAD }, (_, at) => {
    const day = dayOf(new Date(now.getTime() + at * DAY))
    return { value: day, label: at === 0 ? t('date.today') : at === 1 ? t('date.tomorrow') : formatDay(day, { weekday: true }) }
  })
}

export function useExamBooking(id: Ref<string>) {
  return useLoad(() => api.get('/api/examinations/{booking_id}', { path: { booking_id: id.value } }), { needsSignIn: true })
}

export function useExamCalendar(booking: () => ExamBooking | null) {
  const isSaved = ref(false)
  const add = useSubmit(async () => {
    const found = booking()
    if (!found) return
    await platform.openDocument(await download(`/api/examinations/${found.id}/calendar`), `examination-${dayOf(found.starts_at)}.ics`)
    isSaved.value = true
  })
  return { add, isSaved }
}

export function useCancelExam(id: Ref<string>, done: () => void) {
  return useSubmit(() => api.post('/api/examinations/{booking_id}/cancel', { path: { booking_id: id.value }, body: { reason: '' } }), done)
}

/** The times of a day to which an examination can be moved, and the move. */
export function useMoveExam(id: Ref<string>, day: Ref<string>, done: () => void) {
  const chosen = ref<ExamTime | null>(null)
  const times = useLoad(async () => {
    if (day.value === '') return null
    return api.get('/api/examinations/{booking_id}/times', { path: { booking_id: id.value }, query: { day: day.value } })
  })
  const move = useSubmit(
    (_key, time: ExamTime) =>
      api.post('/api/examinations/{booking_id}/move', { path: { booking_id: id.value }, body: { device_id: time.device_id, starts_at: time.starts_at } }),
    done,
  )
  watch(day, () => {
    chosen.value = null
    times.data = null // the times of another day are not to be chosen any more
    void times.reload()
  })
  return { chosen, times, move }
}
