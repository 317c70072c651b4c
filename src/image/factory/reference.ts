/** Names of images as engines resolve them: registry, repository and tag. */

const HUB = 'docker.io'

/** With registry and tag: `debian:12` is `docker.io/library/debian:12`. Engines differ in how they complete short ones. */
export function qualified(image: string): string {
  const [first = '', ...rest] = image.split('/')
  if (rest.length === 0) return `${HUB}/library/${image}`
  const isRegistry = first.includes('.') || first.includes(':') || first === 'localhost'
  return isRegistry ? image : `${HUB}/${image}`
}

/** The tag, or the digest. Undefined: neither, which is `latest` to an engine. */
export function tagOf(image: string): string | undefined {
  const last = image.slice(image.lastIndexOf('/') + 1)
  return last.split('@')[1] ?? last.split(':')[1]
}
