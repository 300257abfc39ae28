import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** python, python3, python3.13, python3.13d, python3.6m; not python3-config and not pythonw. */
const isExecutableName = /^python(\d(\.\d+)?)?[dtm]*$/
/** The real libraries; libpython3.so only hands on to another. */
const isLibraryName = /^libpython\d\.\d+[a-z]*\.so(\.\d+)*$/

/** Folders that have one folder per installed Python, and where in it the executables are. */
function installations(): string[] {
  const home = homedir()
  const environment = process.env
  return [
    [environment['PYENV_ROOT'] ?? join(home, '.pyenv'), 'versions'],
    [environment['UV_PYTHON_INSTALL_DIR'] ?? join(home, '.local/share/uv/python')],
    [environment['ASDF_DATA_DIR'] ?? join(home, '.asdf'), 'installs/python'],
    [environment['MISE_DATA_DIR'] ?? join(home, '.local/share/mise'), 'installs/python'],
    ...['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge'].map((name) => [home, name, 'envs']),
    ['/opt/conda/envs'],
    ['/opt/python'],
    ['/opt'],
  ].map((parts) => join(...parts))
}

function subfolders(folder: string): string[] {
  return filesIn(folder).map((name) => join(folder, name))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return [] // missing, no folder, or not ours to read: nothing to be found there
  }
}

/** Folders in which python executables are likely. Those of PATH first, but no shims: they answer for another Python than they name. */
function executableFolders(): string[] {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/') && !/\/shims\/?$/.test(folder))
  const conda = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge'].map((name) => join(homedir(), name, 'bin'))
  const installed = installations().flatMap((folder) => subfolders(folder).map((each) => join(each, 'bin')))
  return [...path, ...installed, ...conda, '/opt/conda/bin', '/usr/local/bin', '/usr/bin', '/bin']
}

/** Python executables of this machine, each once, whatever links there are to it. */
export function pythonExecutables(): readonly string[] {
  return distinct(executableFolders().flatMap((folder) => matching(folder, isExecutableName)))
}

/** libpython libraries in this machine's library folders, each once. */
export function libraries(): readonly string[] {
  const folders = [
    '/usr/lib',
    '/usr/lib64',
    '/usr/local/lib',
    '/usr/local/lib64',
    ...subfolders('/usr/lib').filter((path) => /-linux-gnu/.test(path)),
  ]
  return librariesIn([...folders, ...executableFolders().map((folder) => join(dirname(folder), 'lib'))])
}

/** libpython libraries in these folders, each once, links to them resolved. */
export function librariesIn(folders: readonly string[]): readonly string[] {
  return distinct(folders.flatMap((folder) => matching(folder, isLibraryName)))
}

function matching(folder: string, pattern: RegExp): string[] {
  return filesIn(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
}

function distinct(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)))]
}
