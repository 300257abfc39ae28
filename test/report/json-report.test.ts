import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type { Finding } from '../../src/report/finding.ts'
import { findingJsonSchema, findingSchema, renderJson } from '../../src/report/json-report.ts'
import { safe, violated } from './sample.ts'

describe('the JSON of a finding', () => {
  it('is what its schema describes', () => {
    for (const finding of [violated, safe]) expect(findingSchema.parse(JSON.parse(renderJson(finding)))).toEqual(finding)
  })

  it('has the type of a finding', () => {
    expectTypeOf<z.infer<typeof findingSchema>>().toExtend<Finding>()
    expectTypeOf<Finding>().toExtend<z.infer<typeof findingSchema>>()
  })

  it.each([
    ['an unknown status', { ...safe, status: 'fine' }],
    ['an unknown field', { ...safe, mood: 'good' }],
    ['a step without a number', { ...violated, evidence: { ...violated.evidence, steps: [{ says: 'hm' }] } }],
  ])('refuses %s', (_, finding) => {
    expect(findingSchema.safeParse(finding).success).toBe(false)
  })

  it('publishes its schema', () => {
    const schema = JSON.parse(findingJsonSchema())
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', required: ['cell', 'status'] })
  })
})
