import { computed } from 'vue'

import { useChosenPerson } from '@/features/foundation/chosen-person'
import { useLoad } from '@/features/foundation/use-load'
import { useLive } from '@/features/visit/use-live'
import { api, isSignedIn, type components } from '@/http'

export type NextStep = components['schemas']['NextStepOut']
export type Node = components['schemas']['NodeOut']

const NEWS = 3

/** What the home page shows: the next step over all people, who the reader is, the hospital's news. */
export function useHome() {
  const step = useLoad(() => api.get('/api/next-step'), { key: 'next-step', needsSignIn: true })
  useLive(() => void step.reload())
  const news = useLoad(() => api.get('/api/articles', { query: { kind: 'announcement' } }), { key: 'news' })
  const { people, person } = useChosenPerson()

  const next = computed(() => (isSignedIn.value ? (step.data?.next ?? null) : null))
  const isWaiting = computed(() => isSignedIn.value && step.data === null)
  const start = computed<'sign-in' | 'person' | 'book'>(() => {
    if (!isSignedIn.value) return 'sign-in'
    return people.data?.length === 0 ? 'person' : 'book'
  })
  const announcements = computed(() => (news.data?.items ?? []).slice(0, NEWS))
  return { step, news, people, person, next, isWaiting, start, announcements }
}

/** The step before, the step now and the one after: what fits on one line. */
export function stopsAround(nodes: readonly Node[], current: Node | null): Node[] {
  const open = nodes.filter((node) => node.state !== 'SKIPPED')
  const at = current === null ? open.length - 1 : open.findIndex((node) => node.key === current.key)
  const first = Math.max(0, Math.min(at - 1, open.length - 3))
  return open.slice(first, first + 3)
}

/** Where the button of a step leads. */
export function targetOf(next: NextStep): { to: string; query: Record<string, string> } {
  const { current, journey, person } = next
  const { id } = journey.appointment
  switch (current?.action) {
    case 'PAY':
      return { to: '/bills/bills', query: { person: current.target || person.id } }
    case 'OPEN_REPORT':
      return { to: '/reports/report', query: { id: current.target } }
    case 'OPEN_RECEIPT':
      return { to: '/bills/receipt', query: { bill: current.target } }
    case 'SEE_QUEUE':
      return { to: '/visit/queue', query: { id: current.target || id } }
    case 'PLAN_EXAMS':
      return { to: '/visit/exams', query: { person: current.target } }
    case 'OPEN_EXAM':
      return { to: '/visit/exam', query: { id: current.target } }
    case 'BOOK':
      return { to: '/booking/confirm', query: { id } }
    default:
      return { to: journey.visit === null ? '/booking/appointment' : '/visit/journey', query: { id } }
  }
}
