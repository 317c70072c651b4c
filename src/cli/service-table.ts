import type { Client } from '../client/client.ts'

/** What the image defines and what serves, a line each. */
export async function serviceTable(client: Client): Promise<string> {
  const [apps, { services: running = [] }] = [await client.apps(), await client.status()]
  const names = [...new Set([...apps.map(({ name }) => name), ...running.map(({ name }) => name)])].sort()
  if (names.length === 0) return 'the image defines no services, and none runs'
  const width = Math.max(...names.map((name) => name.length))
  return names
    .map((name) => {
      const port = running.find((one) => one.name === name)?.port
      return `${name.padEnd(width)}  ${port === undefined ? 'not running' : `port ${port}`}`
    })
    .join('\n')
}
