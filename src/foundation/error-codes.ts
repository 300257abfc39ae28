/**
 * Every code a message may carry; `docs/error-codes.md` is printed from this table.
 *
 * MC1xx language, MC2xx compile, MC3xx search and soundness, MC4xx property, MC5xx trace, MC6xx report and command line, MC7xx conformance, MC8xx export, MC9xx bug. A code
 * keeps its meaning for ever: a retired one is removed, never given to another error.
 */
export const errorCodes = {
  MC101: {
    title: 'Unknown variable',
    explanation:
      'An expression, an assignment or a property names a variable that the transition system does not declare. Check the spelling, or declare the variable.',
  },
  MC102: {
    title: 'Wrong domain',
    explanation:
      'A value or an expression stands where another domain is needed, such as a number as a guard. Each place of an expression has one domain; the message says which.',
  },
  MC103: {
    title: 'Unlike domains compared',
    explanation:
      'The two sides of a comparison have different domains, so the answer would always be the same. Compare two values of one domain.',
  },
  MC104: {
    title: 'Scalarset ordered',
    explanation:
      'Identities of a scalarset are interchangeable: they can be equal or different, but none is less than another, and no arithmetic is done with them. Symmetry reduction relies on this. Use a range if the order means something.',
  },
  MC105: {
    title: 'Value out of range',
    explanation:
      'A constant lies outside the domain it is written for. Widen the domain, or correct the constant; nothing is wrapped or cut off.',
  },
  MC106: {
    title: 'Name used twice',
    explanation:
      'Two variables, actions, domains or properties of one transition system have the same name. A trace could not say which one is meant.',
  },
  MC107: {
    title: 'Wrong number of indices',
    explanation: 'An array is read or assigned with more or fewer indices than it was declared with.',
  },
  MC108: {
    title: 'System reads a monitor',
    explanation:
      'A guard, an index or an effect reads a monitor variable. Only properties may read monitors: a system that reacts to being watched is another system. Monitors may be assigned from anything.',
  },
  MC109: {
    title: 'Unknown bound name',
    explanation: 'An expression uses a name that no quantifier around it binds.',
  },
  MC110: {
    title: 'Value outside its domain during a run',
    explanation:
      'An action would give a variable a value outside its domain, such as a counter that passes its maximum. The search stops there with the trace. Strengthen the guard, or widen the domain.',
  },
  MC111: {
    title: 'Index is none during a run',
    explanation:
      'An action or a property uses "none" as an index into an array. Ask first whether there is an identity, in the guard or by a condition.',
  },
  MC112: {
    title: 'Recursion',
    explanation:
      'A procedure calls itself, directly or through others. Calls are copied into the caller, so a program must have a bounded call depth: pass a depth and write the last level out.',
  },
  MC113: {
    title: 'Unbounded growth',
    explanation:
      'Copying the procedures of a program into one another gives more locations than is sensible. Call fewer procedures from one client, or split the client.',
  },
  MC114: {
    title: 'No identity left to allocate',
    explanation:
      'An action asks for a fresh identity of a scalarset, and all are in use. Give the scenario a larger bound; a run that ends here says nothing about larger ones.',
  },
  MC115: {
    title: 'Assigned twice in one action',
    explanation:
      'All assignments of an action happen at once, so one variable or array element has one new value. Two would depend on an order that does not exist.',
  },
  MC201: {
    title: 'State too wide',
    explanation:
      'The variables of the transition system need more bits than a state vector may have. Reduce bounds or domains; the message lists the widest variables.',
  },
  MC202: {
    title: 'Too many actions',
    explanation: 'The transition system has more actions than a stored transition can name. Reduce the bounds.',
  },
  MC203: {
    title: 'Too many properties',
    explanation: 'More properties were asked for at once than one search can follow. Check them in several runs.',
  },
  MC204: {
    title: 'Engine not available',
    explanation:
      'The engine that was asked for cannot do this search: there is no WebAssembly or no memory for it, or the search or the transition system is of a kind that it does not do. Leave the engine to the checker, or ask for JavaScript.',
  },
  MC301: {
    title: 'Reduction refused',
    explanation:
      'A reduction does not preserve the class of a property that is to be checked, so its verdict could be wrong. Check that property in a run without the reduction.',
  },
  MC302: {
    title: 'Bad limit',
    explanation: 'A limit of the search (states, depth, memory or time) is not a positive number, or is more than the store can hold.',
  },
  MC401: {
    title: 'Unknown property',
    explanation: 'The catalog or the scenario has no property of that name. The message lists those that it has.',
  },
  MC402: {
    title: 'Transition term in a state formula',
    explanation:
      'A term that speaks of a transition (an event, or the value after it) stands where a property speaks of single states, as an invariant does. Use a property over transitions instead.',
  },
  MC501: {
    title: 'Malformed replay code',
    explanation: 'A replay code is damaged: a part is missing or is not what it should be. Copy it again, in full.',
  },
  MC502: {
    title: 'Stale replay code',
    explanation:
      'The replay code was made with another version of the model: its digest differs, so its choices would mean other actions. Run the check again for a fresh code.',
  },
  MC503: {
    title: 'Replay step not enabled',
    explanation: 'A replay code chooses an action that is not enabled in the state reached so far. The message lists the enabled ones.',
  },
  MC504: {
    title: 'Replay does not show the violation',
    explanation:
      'The replay code runs to its end, but the property is not violated there. If the code was just printed by this version, this is a bug in the toolkit.',
  },
  MC601: {
    title: 'Unknown design',
    explanation: 'There is no design of that name. The message lists those that there are.',
  },
  MC602: {
    title: 'Unknown client',
    explanation: 'There is no client of that name. The message lists those that there are.',
  },
  MC603: {
    title: 'Bad bounds',
    explanation:
      'The bounds of a scenario (threads, interpreters, call depth) are not whole numbers, or are outside what the design or the client allows.',
  },
  MC604: {
    title: 'Module cannot be loaded',
    explanation: 'A file of yours cannot be read, or fails while it is loaded. The message carries the error of the file.',
  },
  MC605: {
    title: 'Module exports nothing usable',
    explanation:
      'A file of yours was loaded, but exports no design, client, property or transition system. The message lists what it does export.',
  },
  MC606: {
    title: 'Cannot write',
    explanation:
      'A report or another file cannot be written: the folder is missing, there is no permission, or the disk is full. Nothing half-written is left behind.',
  },
  MC607: {
    title: 'Bad option',
    explanation: 'An option of the command line is unknown, has no value, or has one that it does not accept.',
  },
  MC608: {
    title: 'Unknown claim',
    explanation: 'There is no claim of that name in the proofs. The message lists those that there are.',
  },
  MC609: {
    title: 'Graph too large to draw',
    explanation:
      'The state graph has more states than a drawing can show. Take smaller bounds, or ask for the trace of one verdict instead.',
  },
  MC610: {
    title: 'Malformed gate manifest',
    explanation:
      'The manifest of "gilproof gate" is no JSON, has a field that is missing, unknown or of another form, a cell twice, or a trace whose fingerprint is another one: mostly a conflict that was resolved line by line. Correct the place that the message names, or restore the file; "gilproof gate --update" writes everything but "covers" and "because".',
  },
  MC611: {
    title: 'No gate manifest',
    explanation:
      'There is no manifest where one is read, or there is one where a first one would be written. "gilproof gate --init" writes the first, "--update" the next ones.',
  },
  MC612: {
    title: 'Gate results that do not fit together',
    explanation:
      'Results given to "gilproof gate --merge" are damaged, are of another manifest or another version of gilproof, or do not make up all shards, each once. Run the shard that the message names again, and merge its result.',
  },
  MC613: {
    title: 'Cannot open',
    explanation: 'A page was written, but nothing on this machine opens it. The message says where it is: open it in a browser yourself.',
  },
  MC701: {
    title: 'Not a Python',
    explanation:
      'A file that was given as a Python is neither a libpython nor a python executable, or it cannot be loaded. Give the path of an executable, of a libpython*.so, or of the root folder of an unpacked system.',
  },
  MC702: {
    title: 'No such Python',
    explanation: 'There is no file of that name, or the folder has no Python, or more than one. The message says what was found.',
  },
  MC703: {
    title: 'Python for another machine',
    explanation:
      'The file is for another processor than this one, so it cannot be run here. Give a Python that was built for this machine.',
  },
  MC704: {
    title: 'Python without symbols',
    explanation:
      'A function of the C API is not among the dynamic symbols of the file: it is not a libpython, or it was linked or stripped so that it exports nothing. Give another build.',
  },
  MC705: {
    title: 'Python does not start',
    explanation:
      'Python was loaded, but failed, or did not finish, while it was initialized. Mostly it cannot find its standard library. The message carries what it wrote.',
  },
  MC706: {
    title: 'No C compiler',
    explanation:
      'The program that drives libpython is compiled when it is first needed, and there is no compiler. Install one, or name it in $CC.',
  },
  MC707: {
    title: 'Harness does not compile',
    explanation:
      'The program that drives libpython could not be compiled or stored. The message carries what the compiler wrote, or which folder cannot be used.',
  },
  MC708: {
    title: 'Malformed schedule',
    explanation:
      'A schedule has a name or a call that cannot be carried out: a name with quotation marks, an unknown call, no thread, or too many of something.',
  },
  MC709: {
    title: 'Harness has ended',
    explanation:
      'The process that drives libpython was ended or closed while it had work. Start another one; a libpython that dies does not end it.',
  },
  MC710: {
    title: 'Platform not supported',
    explanation: 'Real Pythons are driven by means that only Linux has. The model can be checked everywhere.',
  },
  MC711: {
    title: 'Unknown profile',
    explanation: 'There is no profile of that name. The message lists those that there are; a profile is named after its first release.',
  },
  MC712: {
    title: 'Step that the model cannot take',
    explanation:
      'A schedule names what does not exist, gives a call to a thread that is in another one, or makes a call that the model of the release cannot do. The message says which step.',
  },
  MC713: {
    title: 'Design that no Python has',
    explanation:
      'A counterexample on a proposed design cannot be run on a real Python, as none has the design. The status quo and releases can: check the same client on them.',
  },
  MC714: {
    title: 'Trace that no schedule can follow',
    explanation:
      'A counterexample makes a call, or uses a thread state, that a schedule of calls cannot name. The message says which; it can be replayed in the model only.',
  },
  MC801: {
    title: 'Target cannot say it',
    explanation:
      'A model is to be written for another checker, which has no way to say something in it exactly. The message names the target and what it is; nothing is approximated. Change the model as the hint says, or choose another target.',
  },
  MC802: {
    title: 'Property that the target cannot say',
    explanation:
      'A property that was asked for by name cannot be said in the language of another checker, as "can always be reached" cannot. Leave it out; the states are the same without it. Check it here.',
  },
  MC803: {
    title: 'Too large to be listed',
    explanation:
      'A model is to be written in a format that lists every transition (etf), and has more states, or needs longer tables, than are listed. The message names the action with the longest table. Take smaller bounds, raise the limit if it was yours, or choose a target that says what an action does instead.',
  },
  MC901: {
    title: 'Bug in the toolkit',
    explanation:
      'Something that cannot happen has happened. The verdict is not to be trusted; please report it with the command and the replay code.',
  },
} as const satisfies Readonly<Record<`MC${number}`, ErrorCodeEntry>>

/** What a code means: a title of a few words, and an explanation that ends in what to do. */
export interface ErrorCodeEntry {
  readonly title: string
  readonly explanation: string
}

export type ErrorCode = keyof typeof errorCodes
