import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { platform } from '@/platform'

/** WeChat as a way in: connecting asks WeChat for a code, which works once. */
export function useWechatLink(done: () => void) {
  const connect = useSubmit(
    async () => api.put('/api/account/wechat', { body: { code: (await platform.signInCode()) ?? '' } }),
    done,
  )
  const disconnect = useSubmit(() => api.delete('/api/account/wechat'), done)
  return { connect, disconnect }
}
