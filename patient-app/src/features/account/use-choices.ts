import { ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api, asRefusal, type components, type Refusal } from '@/http'
import { t } from '@/locale'

export type Choice = components['schemas']['ChoiceShape']
export const TOPICS = ['APPOINTMENTS', 'RESULTS', 'PAYMENTS', 'REQUESTS', 'ANNOUNCEMENTS'] as const
export const CHANNELS = ['EMAIL', 'SMS'] as const

/** What the reader is told, and how. A switch works at once and goes back when the server did not take it. */
export function useChoices() {
  const load = useLoad(() => api.get('/api/account/notifications'), { needsSignIn: true })
  const refusal = ref<Refusal | null>(null)

  function isWanted(topic: Choice['topic'], channel: Choice['channel']): boolean {
    return load.data?.some((each) => each.topic === topic && each.channel === channel && each.is_wanted) ?? false
  }

  async function turn(topic: Choice['topic'], channel: Choice['channel'], is_wanted: boolean): Promise<void> {
    const before = load.data
    load.data = (before ?? []).map((each) => (each.topic === topic && each.channel === channel ? { ...each, is_wanted } : each))
    refusal.value = null
    try {
      load.data = await api.put('/api/account/notifications', { body: { choices: [{ topic, channel, is_wanted }] } })
    } catch (error) {
      load.data = before
      refusal.value = asRefusal(error, t('problem.server'))
    }
  }
  return { load, refusal, isWanted, turn }
}
