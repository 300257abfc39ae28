import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DiagnosticError } from '../../foundation/diagnostic.ts'

/** What a python executable says of itself. */
export interface ExecutableAnswer {
  /** `sys.executable`: where shims and environments lead to. */
  readonly executable: string
  readonly implementation: string
  readonly version: string
  readonly number: string
  readonly debug: boolean
  readonly basePrefix: string
  /** Files that may be its libpython, likeliest first; they need not exist. */
  readonly libraries: readonly string[]
}

/** Python 2.7 and 3 alike, and neither site nor environment is needed. */
const question = `
import sys, os, json, platform
try:
    from sysconfig import get_config_var as var
except Exception:
    var = lambda name: None
base = getattr(sys, 'base_prefix', sys.prefix)
names = [n for n in (var('INSTSONAME'), var('LDLIBRARY')) if n and '.so' in n]
folders = [f for f in (var('LIBDIR'), os.path.join(base, 'lib'), os.path.join(base, 'lib64'), var('LIBPL')) if f]
multiarch = var('MULTIARCH')
libraries = [os.path.join(f, d, n) for n in names for f in folders for d in ([multiarch] if multiarch else []) + ['']]
json.dump({
    'executable': os.path.realpath(sys.executable),
    'implementation': platform.python_implementation(),
    'version': ' '.join(sys.version.split()),
    'number': '.'.join(str(part) for part in sys.version_info[:3]),
    'debug': hasattr(sys, 'gettotalrefcount'),
    'basePrefix': base,
    'libraries': libraries,
}, sys.stdout)
`

/** Milliseconds a Python may take to answer. */
const answerLimit = 10_000

/** Runs the executable for some 30 ms. Errors: MC705 if it fails or hangs, MC701 if it does not answer like a Python. */
export async function askExecutable(path: string, limit = answerLimit): Promise<ExecutableAnswer> {
  const text = await run(path, limit)
  const answer = parse(text)
  if (answer !== undefined) return answer
  throw new DiagnosticError([
    {
      code: 'MC701',
      message: `It is not a Python: asked for its version, it wrote ${JSON.stringify(text.slice(0, 80))}.`,
      hint: 'Give the path of a python executable, of a libpython*.so, or of the root folder of an unpacked system.',
      place: [path],
    },
  ])
}

function parse(text: string): ExecutableAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null && 'implementation' in answer ? (answer as ExecutableAnswer) : undefined
  } catch {
    return undefined
  }
}

async function run(path: string, limit: number): Promise<string> {
  try {
    const options = { timeout: limit, killSignal: 'SIGKILL' as const, cwd: '/', maxBuffer: 1 << 20 }
    return (await promisify(execFile)(path, ['-E', '-s', '-S', '-c', question], options)).stdout
  } catch (error) {
    const isLate = error instanceof Error && 'killed' in error && error.killed === true
    const written = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').slice(-3).join('\n') : ''
    throw new DiagnosticError(
      [
        {
          code: 'MC705',
          message: isLate
            ? `It does not answer within ${limit / 1000} s.`
            : `It cannot be run as a Python.${written === '' ? '' : ` It wrote: ${written}`}`,
          hint: `Try the same by hand: ${path} -E -s -S -c "import sysconfig".`,
          place: [path],
        },
      ],
      { cause: error },
    )
  }
}
