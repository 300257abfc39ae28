/** gilproof/report: verdicts in words; knows no CPython, its words come with the findings. Runs in a browser. */
export type { CellStatus, Change, Evidence, EvidenceStep, Finding, SearchSummary } from './report/finding.ts'
export { findingJsonSchema, renderJson } from './report/json-report.ts'
export { renderPage } from './report/page.ts'
export { renderText } from './report/page-text.ts'
export { reportFiles } from './report/report-files.ts'
export type { PageContext, ReportInput } from './report/report-input.ts'
