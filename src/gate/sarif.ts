import { digestOf } from '../foundation/digest.ts'
import type { SourceAnchor } from '../model/language/source-anchor.ts'
import { capitalized } from '../report/sentence.ts'
import type { CellChange } from './compare-cells.ts'
import { changeKinds, failsWith } from './compare-cells.ts'
import type { TraceLine } from './found-cell.ts'
import { gateKey } from './found-cell.ts'
import type { GateResult, Place, PlaceOf } from './gate-result.ts'
import { adviceOn, nameOfCell, sayChange, titleOf } from './say-change.ts'

const levels = { 'as-expected': 'note', changed: 'error', undecided: 'warning' } as const
const fingerprintLength = 32

/** The changes as SARIF 2.1.0: one result each, and for each counterexample a code flow with a thread flow for every OS thread. */
export function gateSarif(result: GateResult, placeOf: PlaceOf): unknown {
  const { strictTraces, version, comparison } = result
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gilproof',
            version,
            rules: changeKinds.map((kind) => ({
              id: kind,
              shortDescription: { text: capitalized(titleOf(kind)) },
              help: { text: adviceOn({ kind, cell: nobody }) },
              defaultConfiguration: { level: levels[failsWith(kind, { strictTraces })] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: comparison.changes.map((change) => resultOf(change, placeOf(change.cell), strictTraces)),
      },
    ],
  }
}

/** Advice on a rule speaks of no cell. */
const nobody = { reading: '', client: '', property: '', bounds: { threads: 0, interpreters: 0, rounds: 0 } }

function resultOf(change: CellChange, place: Place, strictTraces: boolean): unknown {
  const { kind, cell, found } = change
  const told = found?.counterexample?.told
  const story = kind === 'trace-changed' ? [] : (told?.story ?? [])
  return {
    ruleId: kind,
    ruleIndex: changeKinds.indexOf(kind),
    level: levels[failsWith(kind, { strictTraces })],
    message: { text: [`${nameOfCell(cell)}: ${sayChange(change)}`, ...story, adviceOn(change)].join(' ') },
    locations: [
      {
        ...physical(place),
        logicalLocations: [{ fullyQualifiedName: nameOfCell(cell), kind: 'cell' }],
      },
    ],
    partialFingerprints: { 'gilproofCell/v1': digestOf(`${kind}\n${gateKey(cell)}`).slice(0, fingerprintLength) },
    ...(told === undefined || told.trace.length === 0 ? {} : { codeFlows: [codeFlowOf(told.trace, place)] }),
  }
}

/** The steps of each thread; their order among threads is that of `executionOrder`. */
function codeFlowOf(trace: readonly TraceLine[], place: Place): unknown {
  const threads = [...new Set(trace.map(({ thread }) => thread))]
  return {
    message: { text: `A counterexample of ${trace.length} steps` },
    threadFlows: threads.map((thread) => ({
      id: thread,
      locations: trace.flatMap((line, i) => (line.thread === thread ? [stepOf(line, i + 1, place)] : [])),
    })),
  }
}

function stepOf({ text, source }: TraceLine, number: number, place: Place): unknown {
  return {
    executionOrder: number,
    location: {
      message: { text: `${number}: ${text}` },
      ...physical(place),
      ...(source === undefined ? {} : { logicalLocations: [logical(source)] }),
    },
  }
}

/** A C function of CPython, which is in no file of the repository. */
function logical({ version, file, symbol }: SourceAnchor): unknown {
  return { name: symbol, fullyQualifiedName: `CPython ${version}: ${file}: ${symbol}`, kind: 'function' }
}

function physical({ file, line }: Place): object {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }
}
