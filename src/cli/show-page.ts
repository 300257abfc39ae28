import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DiagnosticError } from '../foundation/diagnostic.ts'
import type { Terminal } from './terminal.ts'
import { writeOneFile } from './write-files.ts'

/** Writes a page, into a temporary folder where no file is named, says where it is, and has the platform open it. MC613 when nothing can. */
export async function showPage(terminal: Terminal, text: string, file: string | undefined): Promise<void> {
  const path = resolve(file ?? join(await mkdtemp(join(tmpdir(), 'gilproof-')), 'counterexample.html'))
  await writeOneFile(path, text)
  terminal.note(`The page is ${path}`)
  await open(path)
}

/** What opens a file as a double click does. */
function openerOf(platform: NodeJS.Platform): readonly [program: string, ...options: string[]] {
  switch (platform) {
    case 'darwin':
      return ['open']
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler']
    default:
      return ['xdg-open']
  }
}

/** Comes back when the opener has ended, or has stayed for a while: it may stay as long as the browser. */
function open(path: string): Promise<void> {
  const [program, ...options] = openerOf(process.platform)
  return new Promise((done, failed) => {
    const refuse = (why: string): void => {
      const hint = `Open ${path} in a browser yourself.`
      failed(new DiagnosticError([{ code: 'MC613', message: `${program} cannot open the page: ${why}`, hint, place: ['--open'] }]))
    }
    const child = spawn(program, [...options, path], { detached: true, stdio: 'ignore' })
    const patience = setTimeout(() => {
      child.unref()
      done()
    }, millisecondsToFail)
    child.on('error', ({ message }) => {
      clearTimeout(patience)
      refuse(message)
    })
    child.on('exit', (status) => {
      clearTimeout(patience)
      if (status === 0) done()
      else refuse(`it ended with ${status ?? 'a signal'}`)
    })
  })
}

/** An opener that fails does so at once; one that shows the page may stay. */
const millisecondsToFail = 2000
