// The fee statement of a period, for one of the reader's people.
import { computed, reactive } from 'vue'

import { personAmong } from '@/features/foundation/chosen-person'
import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, download } from '@/http'
import { dayOf } from '@/locale/dates'
import { platform } from '@/platform'

import type { PaperLanguage } from './use-receipt'

export function useStatement(now: () => Date = () => new Date()) {
  const today = dayOf(now())
  const asked = reactive({ person: '', from: `${today.slice(0, 8)}01`, to: today, language: 'en' as PaperLanguage })
  const load = useLoad(
    async () => {
      const people = await api.get('/api/people')
      asked.person ||= personAmong(people)?.id ?? ''
      return people
    },
    { key: 'people', needsSignIn: true },
  )
  const isReady = computed(() => asked.person !== '' && asked.from !== '' && asked.to !== '' && asked.from <= asked.to)
  const open = useSubmit(async () => {
    const file = await download(
      `/api/people/${asked.person}/statement?first_on=${asked.from}&last_on=${asked.to}&language=${asked.language}`,
    )
    await platform.openDocument(file, `statement-${asked.from}-${asked.to}-${asked.language}.pdf`)
  })
  return { asked, load, isReady, open, today }
}
