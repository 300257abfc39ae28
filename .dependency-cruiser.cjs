// The import law (ARCHITECTURE.md): imports go down, never up, never across. One rule per arrow that must not be; the comment is what the
// author of the arrow is told. `test/import-law.test.ts` plants forbidden imports and sees them refused.

const layer = {
  foundation: '^src/foundation/',
  language: '^src/model/language/',
  formulas: '^src/properties/language/',
  program: '^src/model/program/',
  cpython: '^src/model/cpython/',
  designs: '^src/model/designs/',
  clients: '^src/model/clients/',
  scenarios: '^src/model/scenarios/',
  catalog: '^src/properties/catalog/',
  checker: '^src/checker/',
  report: '^src/report/',
  export: '^src/export/',
  judge: '^src/judge/',
  gate: '^src/gate/',
  conformance: '^src/conformance/',
  cli: '^src/cli/',
}

const publicEntry = '^src/[^/]+\\.ts$'
const proofs = '^proofs/'
const tooling = '^(test|bench|scripts|examples)/|^[^/]+\\.(ts|cjs|mjs|js)$'

/** @param {...string} patterns */
const any = (...patterns) => patterns.join('|')
const { foundation, language, formulas, program, cpython, designs, clients, scenarios, catalog } = layer
const { checker, report, judge, gate, conformance, cli } = layer
const aboutCpython = any(program, cpython, designs, clients, scenarios, catalog)
const shell = any(conformance, cli)
const core = any(foundation, '^src/model/', '^src/properties/', checker, report, layer.export, judge, gate)

/** A package, resolved or not; with its types. @param {...string} names */
const packages = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`

/** @type {(name: string, comment: string, from: object, to: object) => object} */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** A package with one home. @type {(name: string, home: string, packageNames: string[], comment: string) => object} */
const home = (name, where, packageNames, comment) =>
  forbid(name, comment, { path: any('^src/', proofs), pathNot: where }, { path: packages(...packageNames) })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Files must not import each other in a circle, types included: move what both need into a file below them.',
      {},
      { circular: true },
    ),

    // Downwards only.
    forbid(
      'foundation-knows-nothing',
      'src/foundation has no domain words: move what needs the model up to the folder that owns it.',
      { path: foundation },
      { path: '^(src|proofs)/', pathNot: foundation },
    ),
    forbid(
      'model-language-not-up',
      'src/model/language is the narrow waist and must not know who uses it: only src/foundation is below it.',
      { path: language },
      { path: '^(src|proofs)/', pathNot: any(foundation, language) },
    ),
    forbid(
      'properties-language-not-up',
      'src/properties/language says what a formula is, over src/model/language: a claim about CPython belongs in src/properties/catalog.',
      { path: formulas },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas) },
    ),
    forbid(
      'model-program-not-up',
      'src/model/program turns procedures into actions and must not know CPython or the checker: take a procedure as an argument.',
      { path: program },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas, program) },
    ),
    forbid(
      'model-cpython-not-up',
      'src/model/cpython says what the C code does, not who calls it: designs, clients and claims import it, never the other way round.',
      { path: cpython },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas, program, cpython) },
    ),
    forbid(
      'designs-not-up',
      'src/model/designs must not know clients, scenarios or claims: a design that knows its client is not a design of an API.',
      { path: designs },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas, program, cpython, designs) },
    ),
    forbid(
      'clients-not-up',
      'src/model/clients may use the interface in src/model/designs/design.ts, never one design: a client must run on all of them. Scenarios put the two together.',
      { path: clients },
      {
        path: '^(src|proofs)/',
        pathNot: any(foundation, language, formulas, program, cpython, clients, '^src/model/designs/design\\.ts$'),
      },
    ),
    forbid(
      'scenarios-not-up',
      'src/model/scenarios must not know claims, the checker or reports: elaborate gives a TransitionSystem, and the command line puts it before the checker.',
      { path: scenarios },
      {
        path: '^(src|proofs)/',
        pathNot: any(foundation, language, formulas, program, cpython, designs, clients, scenarios),
      },
    ),
    forbid(
      'catalog-not-across',
      'src/properties/catalog claims something about CPython, for every design and client: it may import src/model/cpython and src/model/program, not designs, clients, scenarios or the checker.',
      { path: catalog },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas, program, cpython, catalog) },
    ),

    // The two columns meet only in the command line and the proofs.
    forbid(
      'checker-not-cpython',
      'src/checker must not know CPython: take a TransitionSystem instead.',
      { path: any(checker, '^src/checker\\.ts$') },
      { path: aboutCpython },
    ),
    forbid(
      'checker-not-up',
      'src/checker must not know who shows its verdicts: return a Verdict, and let src/report and src/cli turn it into words.',
      { path: checker },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, formulas, checker, aboutCpython) },
    ),
    forbid(
      'report-not-cpython',
      'src/report must not know CPython: the words come with the transition system, as data.',
      { path: any(report, layer.export, '^src/report\\.ts$') },
      { path: aboutCpython },
    ),
    forbid(
      'report-not-up',
      'src/report and src/export return documents and must not know the command line: writing them down is the business of src/cli.',
      { path: any(report, layer.export) },
      {
        path: '^(src|proofs)/',
        pathNot: any(foundation, language, formulas, checker, report, layer.export, aboutCpython),
      },
    ),
    forbid(
      'page-script-alone',
      "src/report/html/client runs in a reader's browser, from text: it may know the shape of its data (page-data.ts) and nothing else, and nothing imports it.",
      { path: '^src/report/html/client/' },
      { path: '^(src|proofs)/', pathNot: '^src/report/html/(client/|page-data\\.ts$)' },
    ),
    forbid(
      'report-and-export-apart',
      'src/report and src/export stand side by side: move what both need into src/checker/trace or src/model/language.',
      { path: '^src/(report|export)/' },
      { path: any(report, layer.export), pathNot: '^src/$1/' },
    ),

    forbid(
      'judge-not-up',
      'src/judge puts scenarios before the checker and hands plain data to reports: who runs it, in which process and with which files is the business of src/cli and the proofs.',
      { path: judge },
      { path: '^(src|proofs)/', pathNot: any(foundation, '^src/model/', '^src/properties/', checker, report, judge) },
    ),
    forbid(
      'nothing-below-knows-judge',
      'src/judge is where scenarios, promises and the checker meet: what is below must not know it. Put plain data in src/report/finding.ts, or take the result as an argument.',
      { path: any(foundation, '^src/model/', '^src/properties/', checker, report, layer.export) },
      { path: judge },
    ),

    forbid(
      'gate-not-up',
      'src/gate compares verdicts as plain data and knows no CPython: judging, files and processes are the business of src/cli. Take findings and words as arguments.',
      { path: gate },
      { path: '^(src|proofs)/', pathNot: any(foundation, language, report, gate) },
    ),
    forbid(
      'nothing-below-knows-gate',
      'src/gate keeps verdicts for the command line: what judges and reports must not know it. Put plain data in src/report/finding.ts.',
      { path: any(foundation, '^src/model/', '^src/properties/', checker, report, layer.export, judge, '^src/conformance/', proofs) },
      { path: gate },
    ),

    // Inside the checker: trace and verdict, then store and compile, then reduce, explore, liveness, check.ts.
    forbid(
      'checker-order-trace',
      'Inside src/checker, trace and verdict are at the bottom: take what you need from the store or the compiled system as an argument.',
      { path: '^src/checker/(trace/|verdict\\.ts$)' },
      { path: '^src/checker/(store|compile|reduce|explore|liveness)/|^src/checker/check\\.ts$' },
    ),
    forbid(
      'checker-order-store',
      'Inside src/checker, store and compile must not know how states are searched: that is decided in reduce, explore and liveness.',
      { path: '^src/checker/(store|compile)/' },
      { path: '^src/checker/(reduce|explore|liveness)/|^src/checker/check\\.ts$' },
    ),
    forbid(
      'checker-order-reduce',
      'Inside src/checker, a reduction must not know the search that uses it: explore asks the reduction, not the other way round.',
      { path: '^src/checker/reduce/' },
      { path: '^src/checker/(explore|liveness)/|^src/checker/check\\.ts$' },
    ),
    forbid(
      'checker-order-explore',
      'Inside src/checker, the search for states must not know liveness: liveness works on the states that explore found.',
      { path: '^src/checker/explore/' },
      { path: '^src/checker/liveness/|^src/checker/check\\.ts$' },
    ),
    forbid(
      'checker-order-liveness',
      'Inside src/checker, check.ts is the front door: nothing behind it may import it.',
      { path: '^src/checker/liveness/' },
      { path: '^src/checker/check\\.ts$' },
    ),

    // Doors and shells.
    forbid(
      'no-inner-barrel',
      'src/*.ts are the doors for users of the package: inside src, import the file that has the thing.',
      { path: '^src/[^/]+/' },
      { path: publicEntry },
    ),
    forbid(
      'entry-not-shell',
      'The public entry points must run in a browser: the command line and conformance are not part of them.',
      { path: publicEntry },
      { path: any(shell, proofs) },
    ),
    forbid(
      'conformance-not-cli',
      'src/conformance stands beside the command line and must not know it: return the result, and let src/cli print it.',
      { path: conformance },
      { path: any(cli, proofs) },
    ),
    forbid(
      'conformance-sides-apart',
      'What drives a libpython (src/conformance/subject, discover, schedule) must not know the model: what is seen must not depend on what is expected. The two meet in src/conformance/compare.',
      { path: '^src/conformance/(subject|discover|schedule)/' },
      { path: '^(src|proofs)/', pathNot: any(foundation, '^src/conformance/(subject|discover|schedule)/') },
    ),
    forbid(
      'conformance-model-side',
      'The model side (src/conformance/predict, generate, compare) starts no process: take observations as an argument, of the type in src/conformance/subject/observation.ts.',
      { path: '^src/conformance/(predict|generate|compare)/' },
      {
        path: '^src/conformance/',
        pathNot: '^src/conformance/(predict|generate|compare|schedule)/|^src/conformance/subject/observation\\.ts$',
      },
    ),
    forbid(
      'generate-not-compare',
      'Random schedules come from the model alone: src/conformance/generate must not know what is compared, nor predict either of them.',
      { path: '^src/conformance/(predict|generate)/' },
      { path: '^src/conformance/compare/' },
    ),
    forbid(
      'shipped-not-tooling',
      'What is shipped must not import tests, benchmarks, scripts or examples: move the shared part into src.',
      { path: any('^src/', proofs) },
      { path: tooling },
    ),

    // The outside world.
    forbid(
      'node-only-in-shell',
      'Only src/cli and src/conformance may use Node: the rest of src must run in a browser. Take what you need (a clock, a text, a file content) as an argument.',
      { path: any(core, publicEntry, proofs) },
      { dependencyTypes: ['core'] },
    ),
    home(
      'ts-pattern-home',
      any(report, gate, cli, '^src/model/language/(validate|print)\\.ts$', formulas),
      ['ts-pattern'],
      'ts-pattern is for places where people read (src/report, src/gate, src/cli, src/properties/language, model/language/validate.ts and print.ts). Where states are generated, use a switch and assertNever.',
    ),
    home(
      'graphology-home',
      '^src/report/state-graph\\.ts$',
      ['graphology', 'graphology-types'],
      'graphology is for small drawn graphs, in src/report/state-graph.ts only: the state space lives in typed arrays.',
    ),
    home(
      'fast-check-home',
      conformance,
      ['fast-check', '@fast-check/vitest'],
      'fast-check is for test, bench and src/conformance: elsewhere take a RandomSource.',
    ),
    home(
      'graph-writers-home',
      report,
      ['ts-graphviz', 'graphology-gexf'],
      'Graph files are written in src/report only: return data, and let the report draw it.',
    ),
    home(
      'assembler-home',
      '^src/checker/compile/webassembly/assemble\\.ts$',
      ['wabt'],
      'The assembler is for src/checker/compile/webassembly/assemble.ts only: print text, and let assemble make a module of it.',
    ),
    home(
      'terminal-home',
      cli,
      ['commander', 'cli-progress', 'ansis', 'cli-table3', 'jiti', 'write-file-atomic'],
      'Arguments, terminals, user modules and files belong to src/cli only: return data, and let the command line show or store it.',
    ),
    home(
      'zod-home',
      any(report, gate, cli),
      ['zod'],
      'zod checks what comes from outside, in src/cli, src/gate and src/report: inside, the types already say it.',
    ),
    home(
      'foundation-packages-home',
      foundation,
      ['@noble/hashes', 'safe-stable-stringify', 'pure-rand', 'fastest-levenshtein'],
      'This package has its home in src/foundation: use digestOf, stableJson, RandomSource or nearestName.',
    ),
    forbid(
      'only-declared-packages',
      'src and proofs may import the dependencies of package.json only: a development dependency is not installed with the package.',
      { path: any('^src/', proofs) },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm'] },
    ),
    forbid(
      'resolvable',
      'The import leads nowhere: write the path with its .ts ending, or install the package.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|reports|coverage|test/golden)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
