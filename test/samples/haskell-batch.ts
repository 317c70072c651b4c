import type { BatchSamples } from '../conformance/samples.ts'

const CREATED = ['main', 'dist-ghc']

const batch: BatchSamples = {
  projects: [
    {
      promise: 'main.hs is compiled and runs',
      files: { 'main.hs': 'main :: IO ()\nmain = putStrLn "from żółw"' },
      creates: CREATED,
      stdout: 'from żółw',
    },
    {
      promise: 'Main.hs is compiled with the modules beside it',
      files: {
        'Main.hs': 'module Main (main) where\nimport Data.Beside (word)\nmain = putStrLn word >> return 5',
        'Data/Beside.hs': 'module Data.Beside where\nword = "beside"',
      },
      creates: CREATED,
      stdout: 'beside',
    },
    {
      promise: 'a program below app is compiled with the library below src',
      files: {
        'app/Main.hs': 'import Library\nmain = print answer',
        'src/Library.hs': 'module Library where\nanswer = 42',
      },
      creates: CREATED,
      stdout: '42',
    },
    {
      promise: "Cabal's package is built and its program runs",
      needs: 'cabal',
      files: {
        'sample.cabal':
          'cabal-version: >=1.10\nname: sample\nversion: 0.1\nbuild-type: Simple\n\nexecutable sample\n  main-is: Program.hs\n  hs-source-dirs: programs\n  build-depends: base\n  default-language: Haskell2010\n',
        'programs/Program.hs': 'main = putStrLn "by cabal"',
      },
      creates: ['dist-newstyle'],
      stdout: 'by cabal',
    },
  ],
  missingMain: /main\.hs/,
  input: {
    promise: 'a program asks its user, with a prompt in the same line',
    files: { 'main.hs': 'main = putStr "Name? " >> getLine >>= putStrLn . ("Hello, " ++)' },
    answers: ['Ada'],
    stdout: 'Name? Hello, Ada',
  },
  exit: {
    promise: "a program's exit code is the step's",
    files: {
      'main.hs':
        'import System.Exit\nimport System.IO\nmain = putStrLn "out" >> hPutStrLn stderr "err" >> exitWith (ExitFailure 7)',
    },
    stdout: 'out',
    stderr: 'err',
    exitCode: 7,
  },
  broken: {
    promise: 'a program that does not compile is not run',
    files: { 'main.hs': 'main = putStrLn 5' },
    stderr: /main\.hs:1:17: error:/,
  },
}

export default batch
