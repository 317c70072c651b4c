export interface Package {
  readonly name: string
  /** Where this program is in PATH, from wherever, the package is not needed. */
  readonly program?: string
}

/** Debian's packages that the tests need on this machine. */
export const PACKAGES: readonly Package[] = [
  // The root file systems of other releases are made with it.
  { name: 'mmdebstrap', program: 'mmdebstrap' },
  // Python with what people draw and tabulate with, and the peers that the benchmark measures against.
  { name: 'python3' },
  { name: 'python3-matplotlib' },
  { name: 'python3-pandas' },
  { name: 'python3-ipython' },
  { name: 'python3-ipykernel' },
  { name: 'python3-jupyter-client' },
  { name: 'python3-pip' },
  // The agent of the end-to-end tests speaks through these libraries, as deployed ones do.
  { name: 'python3-zmq' },
  { name: 'python3-msgpack' },
  // Programs that ask their user in each their own way.
  { name: 'gcc', program: 'gcc' },
  { name: 'g++', program: 'g++' },
  { name: 'libc6-dev' },
  { name: 'musl-tools', program: 'musl-gcc' },
  { name: 'make', program: 'make' },
  { name: 'default-jdk-headless', program: 'javac' },
  { name: 'scala', program: 'scala' },
  // Newer ones of Scala are fetched with it.
  { name: 'maven', program: 'mvn' },
  { name: 'golang-go', program: 'go' },
  { name: 'clang', program: 'clang' },
  { name: 'gfortran', program: 'gfortran' },
  // Languages of which this release has one version or more.
  { name: 'lua5.1' },
  { name: 'lua5.3' },
  { name: 'lua5.4' },
  { name: 'luajit' },
  { name: 'r-base-core' },
  { name: 'php-cli' },
  { name: 'composer', program: 'composer' },
  { name: 'octave' },
  // Octave draws with it where there is no screen.
  { name: 'gnuplot-nox', program: 'gnuplot' },
  { name: 'ghc', program: 'ghc' },
  { name: 'cabal-install', program: 'cabal' },
  // This release's own, whatever else of it is in PATH.
  { name: 'rustc' },
  { name: 'cargo', program: 'cargo' },
  { name: 'guile-2.2' },
  { name: 'guile-3.0' },
  { name: 'git', program: 'git' },
  // Shells beside bash and dash.
  { name: 'busybox', program: 'busybox' },
  { name: 'zsh', program: 'zsh' },
  // Services of each kind.
  { name: 'socat', program: 'socat' },
  { name: 'jupyter-notebook' },
  { name: 'dropbear-bin' },
  { name: 'openssh-client', program: 'ssh' },
  { name: 'openssh-sftp-server' },
  // Containers as agents start them, and images.
  { name: 'podman', program: 'podman' },
  { name: 'runc', program: 'runc' },
  { name: 'buildah', program: 'buildah' },
  { name: 'docker-registry', program: 'docker-registry' },
  // What holds the namespaces of a pod.
  { name: 'catatonit', program: 'catatonit' },
  // Pages are looked at in it.
  { name: 'chromium', program: 'chromium' },
]
