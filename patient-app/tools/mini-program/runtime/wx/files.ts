/** Choosing, showing and keeping pictures and documents. */

import type { Json } from '../program'
import { answeredAll, Failure } from './answers'
import { ask } from './dialogs'
import { findFile, hasFile, keepFile, measurePicture, removeFile, sourceOf } from './temporary'

/** Lets the person choose files as a browser does. */
function pickFiles(accept: string, isMany: boolean): Promise<File[]> {
  return new Promise((resolve, reject) => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', accept, multiple: isMany })
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => reject(new Failure('cancel')))
    input.click()
  })
}

async function chooseImage({ count = 9 }: Json): Promise<Json> {
  const chosen = (await pickFiles('image/*', count > 1)).slice(0, count)
  const tempFiles = chosen.map((file) => ({ path: keepFile(file), size: file.size }))
  return { tempFilePaths: tempFiles.map((file) => file.path), tempFiles }
}

async function chooseMedia({ count = 9 }: Json): Promise<Json> {
  const chosen = (await pickFiles('image/*', count > 1)).slice(0, count)
  const tempFiles = chosen.map((file) => ({ tempFilePath: keepFile(file), size: file.size, fileType: 'image' }))
  return { tempFiles, type: 'image' }
}

async function chooseMessageFile({ count = 9 }: Json): Promise<Json> {
  const chosen = (await pickFiles('', count > 1)).slice(0, count)
  return {
    tempFiles: chosen.map((file) => ({ path: keepFile(file), name: file.name, size: file.size, type: 'file', time: 0 })),
  }
}

/** WeChat shows the document in a viewer of its own; here a dialog names what would be shown. */
async function openDocument({ filePath, fileType }: Json): Promise<Json> {
  const file = findFile(filePath)
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const isPdf = String.fromCharCode(...start) === '%PDF'
  if (fileType === 'pdf' && !isPdf) throw new Failure('file type not supported')
  const kind = isPdf ? 'PDF' : file.type || String(fileType ?? '')
  void ask({ title: kind, content: `${Math.ceil(file.size / 1024)} KB`, showCancel: false })
  return {}
}

async function previewImage({ urls = [], current }: Json): Promise<Json> {
  const shown = document.createElement('img')
  shown.src = sourceOf(current ?? urls[0])
  shown.alt = ''
  shown.className = 'mp-mask'
  shown.addEventListener('click', () => shown.remove())
  document.body.append(shown)
  return {}
}

function fileSystem(): Json {
  const read = async (path: string, encoding?: string) => {
    const file = findFile(path)
    if (!encoding) return file.arrayBuffer()
    if (encoding !== 'base64') return file.text()
    const bytes = new Uint8Array(await file.arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }
  return {
    ...answeredAll({
      readFile: async ({ filePath, encoding }) => ({ data: await read(filePath, encoding) }),
      writeFile: ({ filePath, data }) => void keepFile(new Blob([data]), filePath),
      unlink: ({ filePath }) => removeFile(filePath),
      saveFile: ({ tempFilePath, filePath }) => ({ savedFilePath: keepFile(findFile(tempFilePath), filePath) }),
      getFileInfo: ({ filePath }) => ({ size: findFile(filePath).size }),
      access({ path }) {
        if (!hasFile(path)) throw new Failure(`no such file or directory, access "${path}"`)
      },
    }),
    writeFileSync: (path: string, data: BlobPart) => void keepFile(new Blob([data]), path),
    unlinkSync: removeFile,
    accessSync: findFile,
  }
}

export const files = {
  getFileSystemManager: fileSystem,
  ...answeredAll({
    chooseImage,
    chooseMedia,
    chooseMessageFile,
    openDocument,
    previewImage,
    getImageInfo: async ({ src }) => ({ ...(await measurePicture(src)), path: src, orientation: 'up', type: 'unknown' }),
    compressImage: ({ src }) => ({ tempFilePath: src }),
    saveFile: ({ tempFilePath }) => ({ savedFilePath: keepFile(findFile(tempFilePath)) }),
    saveImageToPhotosAlbum: ({ filePath }) => void findFile(filePath),
    shareFileMessage: ({ filePath }) => void findFile(filePath),
  }),
}
