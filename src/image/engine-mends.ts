/** What can be done about what an engine says when a container does not start. */

const MENDS: readonly [RegExp, string][] = [
  [/slirp4netns|pasta|newuidmap|newgidmap/, 'install what it names, or try --network host'],
  [
    /netavark|iptables|nftables|create bridge/,
    'the machine allows no networks of containers: try --network host',
  ],
  [/address already in use/, 'another program has the port: try again, or choose another with --publish'],
  [/rlimit/, 'the engine may not give that many: set default_ulimits in containers.conf'],
  [/cgroup|cpu.*controller|memory limit/i, 'where limits cannot be set, try --no-limits'],
  [/exec format error/i, 'the image is for another architecture: give a tree of that with --tree'],
  [
    /permission denied/i,
    'the engine may not read what is mounted: check the owner and mode of those folders',
  ],
  [/nvidia|gpu/i, "check that the engine knows this machine's GPUs"],
]

/** The mend of the first cause that is known. */
export function mendOf(said: string): string {
  return MENDS.find(([cause]) => cause.test(said))?.[1] ?? '--dry-run prints the command, to be tried by hand'
}
