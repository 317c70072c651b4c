import { InvalidArgumentError } from 'commander'

/** A commander parser of ports; `lowest` 0 where 0 means a free one. */
export function portParser(lowest: 0 | 1): (text: string) => number {
  return (text) => {
    const port = Number(text)
    if (/^\d+$/.test(text) && port >= lowest && port <= 65535) return port
    throw new InvalidArgumentError(`'${text}' is no port; give a number from ${lowest} to 65535.`)
  }
}
