import type { PickedFile } from './types'

/** What the picture chooser gave, one shape for all platforms. */
export function filesOf(picked: UniApp.ChooseImageSuccessCallbackResult): PickedFile[] {
  const paths = Array.isArray(picked.tempFilePaths) ? picked.tempFilePaths : [picked.tempFilePaths]
  const files = (Array.isArray(picked.tempFiles) ? picked.tempFiles : [picked.tempFiles]) as { name?: string; size?: number }[]
  return paths.map((path, at) => ({ path, name: files[at]?.name ?? `picture-${at + 1}.jpg`, size: files[at]?.size ?? 0 }))
}
