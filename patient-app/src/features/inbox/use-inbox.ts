import { computed, ref, type Ref } from 'vue'

import { unreadCount } from '@/features/foundation/unread'
import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { useLive } from '@/features/visit/use-live'
import type { IconName } from '@/components/icon-names'
import { api, type components } from '@/http'
import { dayOf } from '@/locale/dates'

export type Message = components['schemas']['InboxMessageOut']

/** The messages of the account by day, newest first; the older ones on demand. */
export function useInbox() {
  const older = ref<Message[]>([])
  const nextBefore = ref<string | null>(null)
  const load = useLoad(
    async () => {
      const page = await api.get('/api/inbox')
      older.value = []
      nextBefore.value = page.next_before ?? null
      unreadCount.value = page.unread
      return page
    },
    { key: 'inbox', needsSignIn: true },
  )
  useLive(() => void load.reload())
  const more = useSubmit(async () => {
    const page = await api.get('/api/inbox', { query: { before: nextBefore.value ?? undefined } })
    older.value = [...older.value, ...page.messages]
    nextBefore.value = page.next_before ?? null
  })
  const readAll = useSubmit(
    () => api.post('/api/inbox/read'),
    () => void load.reload(),
  )
  const days = computed(() => byDay([...(load.data?.messages ?? []), ...older.value]))
  return { load, more, readAll, days, nextBefore }
}

/** One message; it counts as read once it is shown. */
export function useMessage(id: Ref<string>) {
  return useLoad(
    async () => {
      const message = await api.get('/api/inbox/{message_id}', { path: { message_id: id.value } })
      if (message.read_at === null) void api.post('/api/inbox/{message_id}/read', { path: { message_id: id.value } }).catch(() => undefined)
      return message
    },
    { needsSignIn: true },
  )
}

export function byDay(messages: readonly Message[]): { day: string; messages: Message[] }[] {
  const days: { day: string; messages: Message[] }[] = []
  for (const message of messages) {
    const day = dayOf(message.created_at)
    if (days.at(-1)?.day === day) days.at(-1)!.messages.push(message)
    else days.push({ day, messages: [message] })
  }
  return days
}

const ICONS: Record<string, [IconName, '' | 'warm' | 'info' | 'quiet' | 'ok']> = {
  booked: ['calendar', ''],
  changed: ['calendar', ''],
  cancelled: ['calendar', 'quiet'],
  called_off: ['calendar', 'warm'],
  offered: ['clock', 'warm'],
  missed: ['calendar', 'quiet'],
  returned: ['calendar', 'quiet'],
  near: ['bell', 'warm'],
  transferred: ['people', 'info'],
  follow_up: ['calendar', 'info'],
  bed: ['calendar', ''],
  bed_given_back: ['calendar', 'quiet'],
  called: ['bell', 'warm'],
  bill: ['wallet', 'warm'],
  paid: ['check-circle', 'ok'],
  refunded: ['wallet', 'ok'],
  report: ['flask', ''],
  report_held: ['lock', 'quiet'],
  exam_booked: ['calendar', ''],
  exam_moved: ['calendar', ''],
  exam_canceled: ['calendar', 'quiet'],
  exam_called: ['bell', 'warm'],
  exam_reminder: ['clock', 'info'],
  announcement: ['megaphone', 'quiet'],
  answer: ['chat', 'info'],
  request: ['edit', 'info'],
  assistance: ['people', 'info'],
}

export function lookOf(kind: string): { icon: IconName; tone: '' | 'warm' | 'info' | 'quiet' | 'ok' } {
  const [icon, tone] = ICONS[kind] ?? ['inbox', 'quiet']
  return { icon, tone }
}

type Place = { to: string; query: Record<string, string> }
const PLACES: Record<string, (id: string, isHeld: boolean) => Place> = {
  appointment: (id) => ({ to: '/booking/appointment', query: { id } }),
  hold: (id) => ({ to: '/booking/confirm', query: { id } }),
  visit: (id) => ({ to: '/visit/journey', query: { id } }),
  bill: (id) => ({ to: '/bills/bills', query: { person: id } }),
  bills: (id) => ({ to: '/bills/bills', query: { person: id } }),
  receipt: (id) => ({ to: '/bills/receipt', query: { bill: id } }),
  report: (id, isHeld) => ({ to: isHeld ? '/reports/closed' : '/reports/report', query: { id } }),
  exam_report: (id, isHeld) => ({ to: isHeld ? '/reports/closed' : '/reports/exam', query: { id } }),
  examination: (id) => ({ to: '/visit/exam', query: { id } }),
  announcement: (id) => ({ to: '/info/article', query: { kind: 'announcement', slug: id } }),
  person: (id) => ({ to: '/people/person', query: { id } }),
  claim: (id) => ({ to: '/people/claim', query: { id } }),
  correction: () => ({ to: '/account/correction', query: {} }),
  enquiry: (id) => ({ to: '/inbox/thread', query: { id } }),
  help: (id) => ({ to: '/booking/help', query: { id } }),
}

/** The page that a message leads to; null for one that says all there is. */
export function leadsTo(message: Pick<Message, 'kind' | 'target_kind' | 'target_id'>): Place | null {
  if (!message.target_id) return null
  return PLACES[message.target_kind]?.(message.target_id, message.kind === 'report_held') ?? null
}
