/** Words of Murphi as Rumur reads it, in any case. */
export const murphiWords: readonly string[] = [
  ...['alias', 'array', 'assert', 'assume', 'begin', 'boolean', 'by', 'clear', 'const', 'cover', 'do', 'else', 'elsif', 'end', 'endalias'],
  ...['endexists', 'endfor', 'endforall', 'endfunction', 'endif', 'endprocedure', 'endrecord', 'endrule', 'endruleset', 'endstartstate'],
  ...['endswitch', 'endwhile', 'enum', 'error', 'exists', 'false', 'for', 'forall', 'function', 'if', 'in', 'interleaved', 'invariant'],
  ...[
    'ismember',
    'isundefined',
    'liveness',
    'log',
    'multiset',
    'multisetadd',
    'multisetcount',
    'multisetremove',
    'multisetremovepred',
    'of',
  ],
  ...['procedure', 'process', 'program', 'put', 'real', 'record', 'return', 'rule', 'ruleset', 'scalarset', 'startstate', 'switch', 'then'],
  ...['to', 'traceuntil', 'true', 'type', 'undefine', 'union', 'var', 'while', 'property', 'unsigned', 'switch', 'case', 'endcase'],
]
