/** Words of ETF, and of the predicates that LTSmin takes on its command line: names of ours can be written there as they are. */
export const etfWords: readonly string[] = [
  ...['begin', 'end', 'state', 'edge', 'init', 'trans', 'map', 'sort', 'action', 'true', 'false', 'maybe', 'none'],
  ...['A', 'E', 'F', 'G', 'M', 'R', 'U', 'W', 'X', 'mu', 'nu', 'if', 'then', 'en'],
]
