// The text to which a parent or guardian agrees for a child under 14, and whether the reader has agreed to it.
import { computed } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'

import { draft } from './draft'

export function useGuardianNotice() {
  const notice = useLoad(() => api.get('/api/notices/{purpose}', { path: { purpose: 'CHILD' } }), { key: 'notice-child' })
  const isAgreed = computed({
    get: () => draft.guardianNotice > 0 && draft.guardianNotice === notice.data?.version,
    set: (isNow: boolean) => {
      draft.guardianNotice = isNow ? notice.data?.version ?? 0 : 0
    },
  })
  return { notice, isAgreed }
}
