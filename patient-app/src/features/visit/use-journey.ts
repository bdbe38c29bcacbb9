import { computed, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, type components } from '@/http'
import { t, type Key } from '@/locale'
import { go } from '@/navigation'

import { useLive } from './use-live'

export type Journey = components['schemas']['JourneyOut']
export type Node = components['schemas']['NodeOut']

const PAGES: Partial<Record<NonNullable<Node['action']>, (target: string) => void>> = {
  BOOK: (target) => go('/booking/confirm', { id: target }),
  PAY: (target) => go('/bills/bills', { person: target }),
  CHECK_IN: (target) => go('/visit/check-in', { id: target }),
  SEE_QUEUE: (target) => go('/visit/queue', { id: target }),
  OPEN_RECEIPT: (target) => go('/bills/receipt', { bill: target }),
  PLAN_EXAMS: (target) => go('/visit/exams', { person: target }),
  OPEN_EXAM: (target) => go('/visit/exam', { id: target }),
  OPEN_REPORT: (target) => go('/reports/report', { id: target }),
  BOOK_DOCTOR: (target) => go('/booking/doctor', { id: target }),
  BOOK_DEPARTMENT: (target) => go('/booking/doctors', { department: target }),
  OPEN_BOOKING: (target) => go('/booking/appointment', { id: target }),
  RATE: (target) => go('/visit/journey', { id: target, rate: '1' }),
}

/** One visit, fresh within two seconds of what a desk does. */
export function useJourney(id: Ref<string>) {
  const load = useLoad(() => api.get('/api/appointments/{appointment_id}/journey', { path: { appointment_id: id.value } }), {
    needsSignIn: true,
  })
  const live = useLive(() => void load.reload())
  return { load, live, ...useSteps(() => void load.reload()) }
}

/** What comes next over all people, for the tab that shows the visit under way. */
export function useCurrentVisit() {
  const load = useLoad(() => api.get('/api/next-step'), { key: 'next-step', needsSignIn: true })
  const live = useLive(() => void load.reload())
  const next = computed(() => load.data?.next ?? null)
  return { load, live, next, ...useSteps(() => void load.reload()) }
}

function useSteps(done: () => void) {
  const act = useSubmit((_, node: Node) => perform(node), done)
  function press(node: Node): void {
    const open = node.action ? PAGES[node.action] : undefined
    if (open) open(node.target)
    else void act.run(node)
  }
  return { act, press }
}

function perform(node: Node): Promise<unknown> {
  if (node.action === 'TAKE_NUMBER') return api.post('/api/appointments/{appointment_id}/number', { path: { appointment_id: node.target } })
  return Promise.resolve()
}

/** The nodes with the one action that is the page's main one. */
export function mainAction(nodes: readonly Node[]): string {
  const doable = nodes.filter((node) => node.action !== null && node.state !== 'DONE')
  return (doable.find((node) => node.state === 'NOW') ?? doable[0])?.key ?? ''
}

/** "5th"; in Chinese the number alone. */
export function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13
  const last = isTeen ? 0 : number % 10
  if (last < 1 || last > 3) return t('visit.ordinal.n', { number })
  const word = t(`visit.ordinal.${last}` as Key)
  return /^\d$/.test(word) ? String(number) : `${String(number).slice(0, -1)}${word}`
}
