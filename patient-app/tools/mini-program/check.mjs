/**
 * Says what WeChat would refuse about a built mini program: files that its compilers do not take.
 *
 *     node check.mjs FOLDER          one line for each fault; status 1 when there are any
 */

import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { listFiles } from './pack.mjs'

const FOLDERS = { darwin: 'mac', linux: 'linux', win32: 'windows' }

/** The path of `wcc` or `wcsc`, WeChat's compilers for WXML and WXSS, as a program that may be started. */
function findCompiler(name) {
  const home = path.dirname(createRequire(import.meta.url).resolve('miniprogram-compiler'))
  const file = path.join(home, 'bin', FOLDERS[process.platform], process.platform === 'win32' ? `${name}.exe` : name)
  fs.chmodSync(file, 0o755)
  return file
}

/** Faults of all WXML and WXSS files of the folder. */
export function listFaults(folder) {
  const files = listFiles(folder)
  return [
    ...compile('wcc', folder, files.filter((file) => file.endsWith('.wxml'))),
    ...compile('wcsc', folder, files.filter((file) => file.endsWith('.wxss'))),
  ]
}

function compile(name, folder, files) {
  if (files.length === 0) return []
  const target = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'imc-compiler-')), 'out.js')
  const done = spawnSync(findCompiler(name), ['-o', target, ...files], { cwd: folder, encoding: 'utf8' })
  fs.rmSync(path.dirname(target), { recursive: true })
  if (done.error) return [`${name}: ${done.error.message}`]
  if (done.status === 0) return []
  const said = `${done.stdout}${done.stderr}`.split('\n').map((line) => line.trim())
  const lines = said.filter((line) => line && !line.startsWith('error file count'))
  return lines.length ? lines.map((line) => `${name}: ${line}`) : [`${name}: ended with status ${done.status}`]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = listFaults(path.resolve(process.argv[2]))
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length ? 1 : 0
}
