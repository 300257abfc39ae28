/**
 * Unpacks the newest CPythons, release and debug, with all that they load, from Debian sid into a folder:
 *
 *     npm run pythons:unpack -- [folder]
 *
 * They need a newer C library than most machines have, so a program that loads one of them runs under the loader unpacked beside it; the
 * last lines say how. No root is needed, and what the machine's apt knows stays as it is: a private apt asks the mirror that the machine's
 * own sources name, with the machine's own proxy, passwords and keys. Exit status 2 where that cannot be done.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const versions = ['3.13', '3.14', '3.15'] as const

/** Lies in an unpacked folder and lists the packages in it, one a line; a folder without it is somebody else's and never replaced. */
const inventoryFile = 'packages.txt'

interface Architecture {
  readonly triplet: string
  /** Path of the loader in the unpacked folder. */
  readonly loader: string
}

/** By the names that dpkg gives them. */
const architectures: ReadonlyMap<string, Architecture> = new Map([
  ['amd64', { triplet: 'x86_64-linux-gnu', loader: 'usr/lib64/ld-linux-x86-64.so.2' }],
  ['arm64', { triplet: 'aarch64-linux-gnu', loader: 'usr/lib/ld-linux-aarch64.so.1' }],
])

/** A place that apt reads packages from. */
export interface Mirror {
  readonly uri: string
  /** Deb822 fields that say what apt trusts there, such as "Signed-By: /usr/share/keyrings/some.gpg". */
  readonly trust: readonly string[]
}

interface SourcesFile {
  /** Its ending says its format. */
  readonly name: string
  readonly text: string
}

interface UnpackedPackage {
  readonly name: string
  readonly version: string
}

/** What the machine lacks: what was found, and in `hint` what to do next. */
class CannotUnpack extends Error {
  override readonly name = 'CannotUnpack'
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/**
 * Mirrors that may have Debian's sid, in the order of the files, each once. A mirror of Debian usually has a path that ends in "debian"; only
 * where there is none may any source with the component "main" be meant, such as a cache of one's own.
 */
export function debianMirrors(files: readonly SourcesFile[]): readonly Mirror[] {
  const mirrors = files.flatMap(({ name, text }) => (name.endsWith('.sources') ? mirrorsOfParagraphs(text) : mirrorsOfLines(text)))
  const addresses = mirrors.map(({ uri }) => uri.replace(/\/+$/, ''))
  const each = mirrors.filter((_, index) => addresses.indexOf(addresses[index] ?? '') === index)
  const namedDebian = each.filter(({ uri }) => /\/debian\/*$/.test(uri))
  return namedDebian.length > 0 ? namedDebian : each
}

/** Of lines such as "deb [signed-by=/usr/share/keyrings/some.gpg] http://mirror.example/debian trixie main". */
function mirrorsOfLines(text: string): readonly Mirror[] {
  return text.split('\n').flatMap((line) => {
    const fields = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+\s+(.*)$/.exec(line.replace(/#.*/, ''))
    const [, options = '', uri = '', components = ''] = fields ?? []
    return isMirrorOfMain(uri, components) ? [{ uri, trust: trustOfOptions(options) }] : []
  })
}

function trustOfOptions(options: string): readonly string[] {
  return options.split(/\s+/).flatMap((option) => {
    const [key = '', value = ''] = option.split('=')
    if (key.toLowerCase() === 'signed-by') return [`Signed-By: ${value.replaceAll(',', ' ')}`]
    return key.toLowerCase() === 'trusted' ? [`Trusted: ${value}`] : []
  })
}

/** Of deb822 paragraphs: fields such as "URIs: http://mirror.example/debian", continued on lines that begin with a blank. */
function mirrorsOfParagraphs(text: string): readonly Mirror[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'))
  const paragraphs = lines.join('\n').split(/\n\s*\n/)
  return paragraphs.flatMap((paragraph) => {
    const fields = fieldsOf(paragraph)
    const isEnabled = !/^(?:no|false|off|0|without|disable)$/i.test(fields.get('enabled') ?? '')
    if (!isEnabled || !wordsOf(fields.get('types')).includes('deb')) return []
    const trust = [...paragraph.matchAll(/^(?:signed-by|trusted):.*(?:\n[ \t].*)*/gim)].map(([field]) => field)
    return wordsOf(fields.get('uris')).flatMap((uri) => (isMirrorOfMain(uri, fields.get('components')) ? [{ uri, trust }] : []))
  })
}

function fieldsOf(paragraph: string): ReadonlyMap<string, string> {
  const fields = paragraph.matchAll(/^([\w-]+):(.*(?:\n[ \t].*)*)/gm)
  return new Map([...fields].map(([, name = '', value = '']) => [name.toLowerCase(), value.trim()]))
}

/** An installation disc has no sid. */
function isMirrorOfMain(uri: string, components = ''): boolean {
  return !uri.startsWith('cdrom:') && wordsOf(components).includes('main')
}

function wordsOf(text = ''): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** What apt is asked for, everything they depend on aside: the libraries, and the executables, which can be subjects too. */
export function wantedPackages(): readonly string[] {
  return versions.flatMap((version) => [
    `libpython${version}`,
    `libpython${version}-minimal`,
    `libpython${version}-stdlib`,
    `libpython${version}-dbg`,
    `python${version}`,
    `python${version}-dbg`,
  ])
}

/** What apt would install, from what `apt-get --simulate install` says, in that order. */
export function simulatedPackages(output: string): readonly UnpackedPackage[] {
  return [...output.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm)].map(([, name = '', version = '']) => ({ name, version }))
}

/** Paths below the folder without which it is of no use: the loader and a release and a debug library of each version. */
export function neededFiles({ triplet, loader }: Architecture): readonly string[] {
  const libraries = versions.flatMap((version) => [version, `${version}d`])
  return [loader, ...libraries.map((name) => `usr/lib/${triplet}/libpython${name}.so.1.0`)]
}

/** Output of a program that ended well, which its user sees as it comes where `isShown`. */
function run(program: string, options: readonly string[], { folder = '.', isShown = false } = {}): string {
  const { status, signal, stdout, stderr, error } = spawnSync(program, options, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 2 ** 28,
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', 'pipe'],
  })
  if (error !== undefined) throw new CannotUnpack(`${program} cannot be run: ${error.message}`, 'Run this on Debian or one of its kin.')
  if (signal !== null) throw new CannotUnpack(`${program} was ended by ${signal}`, 'Run this again; nothing half-done is left behind.')
  if (status !== 0) throw new CannotUnpack(`${program} failed: ${stderr.trim()}`, 'Check the network, the disk and the sources of apt.')
  return stdout ?? ''
}

function architectureOfMachine(): { readonly name: string } & Architecture {
  const name = run('dpkg', ['--print-architecture']).trim()
  const architecture = architectures.get(name)
  if (architecture !== undefined) return { name, ...architecture }
  throw new CannotUnpack(`the architecture is ${name}`, `Known are ${[...architectures.keys()].join(' and ')}.`)
}

function sourcesOfMachine(): readonly SourcesFile[] {
  const parts = '/etc/apt/sources.list.d'
  const names = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(?:list|sources)$/.test(name)) : []
  const paths = ['/etc/apt/sources.list', ...names.sort().map((name) => join(parts, name))]
  return paths.filter((path) => existsSync(path)).map((path) => ({ name: path, text: readFileSync(path, 'utf8') }))
}

/** Runs apt's programs with lists, downloads and sources of their own below `home`, and everything else as the machine has it. */
class PrivateApt {
  private readonly home: string
  private readonly options: readonly string[]

  constructor(home: string, architecture: string) {
    this.home = home
    for (const folder of ['state/lists/partial', 'cache/archives/partial', 'packages']) mkdirSync(join(home, folder), { recursive: true })
    writeFileSync(join(home, 'status'), '')
    // Hooks of the machine would tend its own lists, and its pins and its own release mean nothing in sid.
    const cleared = ['APT::Update::Pre-Invoke', 'APT::Update::Post-Invoke', 'APT::Update::Post-Invoke-Success', 'APT::Default-Release']
    writeFileSync(join(home, 'apt.conf'), [...cleared, 'APT::Architectures'].map((name) => `#clear ${name};\n`).join(''))
    const settings = [
      `APT::Architecture=${architecture}`,
      `Dir::State=${join(home, 'state')}`,
      `Dir::State::status=${join(home, 'status')}`,
      `Dir::Cache=${join(home, 'cache')}`,
      `Dir::Etc::sourcelist=${this.sources}`,
      'Dir::Etc::sourceparts=/dev/null',
      'Dir::Etc::preferences=/dev/null',
      'Dir::Etc::preferencesparts=/dev/null',
      // The user that apt downloads as for root may not enter the folder.
      'APT::Sandbox::User=root',
      'APT::Install-Recommends=false',
      // Otherwise apt calls it well that a mirror does not answer.
      'APT::Update::Error-Mode=any',
      'Acquire::Languages=none',
    ]
    this.options = ['--config-file', join(home, 'apt.conf'), ...settings.flatMap((setting) => ['--option', setting])]
  }

  private get sources(): string {
    return join(this.home, 'sid.sources')
  }

  readFrom({ uri, trust }: Mirror): void {
    writeFileSync(this.sources, ['Types: deb', `URIs: ${uri}`, 'Suites: sid', 'Components: main', ...trust, ''].join('\n'))
    run('apt-get', [...this.options, '--quiet', 'update'], { isShown: true })
  }

  knownPackages(): ReadonlySet<string> {
    return new Set(run('apt-cache', [...this.options, 'pkgnames']).split('\n'))
  }

  closureOf(packages: readonly string[]): readonly UnpackedPackage[] {
    return simulatedPackages(run('apt-get', [...this.options, '--simulate', 'install', ...packages]))
  }

  /** Paths of the downloaded files. */
  download(packages: readonly UnpackedPackage[]): readonly string[] {
    const folder = join(this.home, 'packages')
    const names = packages.map(({ name, version }) => `${name}=${version}`)
    run('apt-get', [...this.options, '--quiet', 'download', ...names], { folder, isShown: true })
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  }
}

/** Reads the lists of the first mirror that has sid; the first one's refusal is told where none has. */
function readFirst(apt: PrivateApt, mirrors: readonly Mirror[]): void {
  const refusals: unknown[] = []
  for (const mirror of mirrors) {
    try {
      apt.readFrom(mirror)
      return
    } catch (error) {
      refusals.push(error)
    }
  }
  throw refusals[0] ?? new CannotUnpack('no source of apt is a mirror of Debian', 'Add one to the sources of apt, with the component main.')
}

function unpackInto(folder: string, temporary: string, { name, ...architecture }: ReturnType<typeof architectureOfMachine>): void {
  const apt = new PrivateApt(join(temporary, 'apt'), name)
  console.log('Reading the list of packages ...')
  readFirst(apt, debianMirrors(sourcesOfMachine()))
  const known = apt.knownPackages()
  const missing = wantedPackages().filter((wanted) => !known.has(wanted))
  if (missing.length > 0) throw new CannotUnpack(`sid has no ${missing.join(', ')}`, 'Change the versions that this script names.')

  const packages = apt.closureOf(wantedPackages())
  console.log(`Downloading ${packages.length} packages ...`)
  const files = apt.download(packages)
  const unpacked = join(temporary, 'root')
  files.forEach((file, index) => {
    console.log(`Unpacking ${index + 1} of ${files.length}: ${basename(file)}`)
    run('dpkg-deb', ['--extract', file, unpacked])
  })
  const absent = neededFiles(architecture).filter((path) => !existsSync(join(unpacked, path)))
  if (absent.length > 0) throw new CannotUnpack(`the packages have no ${absent.join(', ')}`, 'Change the paths that this script names.')
  writeFileSync(join(unpacked, inventoryFile), packages.map((one) => `${one.name} ${one.version}\n`).join(''))
  if (existsSync(folder)) renameSync(folder, join(temporary, 'replaced'))
  renameSync(unpacked, folder)
}

function refuseFolderOfOthers(folder: string): void {
  const isOurs = !existsSync(folder) || readdirSync(folder).length === 0 || existsSync(join(folder, inventoryFile))
  if (!isOurs) throw new CannotUnpack(`${folder} holds something else`, 'Give a folder that is empty or not there yet.')
}

function unpack(folder: string): void {
  const machine = architectureOfMachine()
  const isThere = existsSync(join(folder, inventoryFile)) && neededFiles(machine).every((path) => existsSync(join(folder, path)))
  if (!isThere) {
    refuseFolderOfOthers(folder)
    mkdirSync(dirname(folder), { recursive: true })
    // Beside the folder, since only there is the renaming at the end one step.
    const temporary = mkdtempSync(`${folder}.unpacking-`)
    try {
      unpackInto(folder, temporary, machine)
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  console.log(isThere ? 'All is there already; nothing was done.' : 'All is unpacked.')
  for (const path of neededFiles(machine).filter((needed) => needed !== machine.loader)) console.log(`  ${join(folder, path)}`)
  const libraries = join(folder, 'usr/lib', machine.triplet)
  console.log(
    `To load one of them:\n  PYTHONHOME=${join(folder, 'usr')} ${join(folder, machine.loader)} --library-path ${libraries} <program>`,
  )
}

function usualFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'gilproof', 'pythons')
}

/** A disk that is full or a folder that may not be written is the machine's lack too; anything else is a bug and shows its stack. */
function refusal(error: unknown): CannotUnpack {
  if (error instanceof CannotUnpack) return error
  if (error instanceof Error && 'syscall' in error) return new CannotUnpack(error.message, 'Give a folder that can be written.')
  throw error
}

function main(): void {
  // Ctrl-C reaches the program that runs too, whose end then ends this one, with its temporary folder removed.
  process.on('SIGINT', () => undefined)
  try {
    unpack(resolve(process.argv[2] ?? usualFolder()))
  } catch (error) {
    const { message, hint } = refusal(error)
    console.error(`The CPythons cannot be unpacked: ${message}\n  ${hint}`)
    process.exitCode = 2
  }
}

// Tests import the pure parts.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) main()
