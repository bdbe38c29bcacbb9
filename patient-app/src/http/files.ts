// Files to and from the server, with the session of the reader.
import { t } from '@/locale'

import { withSession } from './client'
import { Refusal } from './refusal'
import { addressOf, refusalOf, unreached, type Request } from './transport'

const SECONDS = 60

/** Fetches a file (a PDF, an ICS) and resolves with its place on this device. */
export async function download(path: string): Promise<string> {
  return (await withSession({ method: 'GET', url: path, seconds: SECONDS }, fetchFile)) as string
}

/** Sends one picked file as multipart field `name`; resolves with the answer's JSON. Not repeated by itself. */
export async function upload(path: string, file: string, name = 'file', fields: Record<string, string> = {}): Promise<unknown> {
  return withSession({ method: 'POST', url: path, seconds: SECONDS }, (request) => sendFile(request, file, name, fields))
}

function fetchFile(request: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: addressOf(request.url),
      header: request.headers,
      timeout: SECONDS * 1000,
      success: ({ statusCode, tempFilePath }) => {
        if (statusCode === 200) resolve(tempFilePath)
        else reject(refusalOf({ status: statusCode, body: null }))
      },
      // In H5 a refused download ends here, with the status in its message.
      fail: ({ errMsg }) => {
        const status = Number(/\b([45]\d\d)\b/.exec(String(errMsg))?.[1] ?? 0)
        reject(status ? refusalOf({ status, body: null }) : unreached(String(errMsg)))
      },
    })
  })
}

function sendFile(request: Request, file: string, name: string, fields: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    uni.uploadFile({
      url: addressOf(request.url),
      filePath: file,
      name,
      formData: fields,
      header: request.headers,
      timeout: SECONDS * 1000,
      success: ({ statusCode, data }) => {
        if (statusCode < 300) resolve(parse(data))
        else reject(refusalOf({ status: statusCode, body: data }))
      },
      fail: ({ errMsg }) => reject(unreached(String(errMsg))),
    })
  })
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw new Refusal('server', { status: 0, code: 'unexpected', detail: t('problem.server') })
  }
}
