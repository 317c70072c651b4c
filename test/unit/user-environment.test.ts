import { expect, test } from 'vitest'
import { userEnvironment } from '../../src/daemon/environment.ts'

const librariesOf = (own: string) => userEnvironment({ LD_LIBRARY_PATH: own }, '/home/work').LD_LIBRARY_PATH

test("user code does not load the runner's libraries in the place of its image's, as images of Alpine would have it", () => {
  expect(librariesOf('/opt/backend.ai/lib')).toBeUndefined()
  expect(librariesOf('/usr/local/lib:/opt/backend.ai/lib:/opt/lib')).toBe('/usr/local/lib:/opt/lib')
})

test('what an image says of its own libraries stays as it is', () => {
  expect(librariesOf('/usr/local/cuda/lib64:')).toBe('/usr/local/cuda/lib64:')
  expect(userEnvironment({}, '/home/work')).not.toHaveProperty('LD_LIBRARY_PATH')
})
