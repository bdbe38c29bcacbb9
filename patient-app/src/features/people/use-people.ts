// The people of the account.
import { useLoad } from '@/features/foundation/use-load'
import { api } from '@/http'

export function usePeople() {
  return useLoad(() => api.get('/api/people'), { key: 'people', needsSignIn: true })
}
