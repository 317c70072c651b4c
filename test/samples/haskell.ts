import type { Samples } from '../conformance/samples.ts'
import batch from './haskell-batch.ts'
import extras from './haskell-extras.ts'

const OURS = /krunner|\.cell|<interactive>/

const haskell: Samples = {
  runtime: 'haskell',
  query: {
    language: /GHCi \d+\.\d+/,
    values: [
      { code: '6 * 7', stdout: '42' },
      { code: '"two"', stdout: '"two"' },
      { code: 'map (* 2) [1, 2, 3]', stdout: '[2,4,6]' },
      { code: 'Just (1, True)', stdout: 'Just (1,True)' },
      { code: 'return 5 :: IO Int', stdout: '5' },
    ],
    quiet: 'let quiet = 5',
    context: {
      variable: [
        { code: 'apples = 3' },
        { code: 'let pears = 4' },
        { code: 'plums <- return 5' },
        { code: 'apples + pears + plums', stdout: '12' },
      ],
      function: [
        { code: 'fact :: Integer -> Integer\nfact 0 = 1\nfact n = n * fact (n - 1)' },
        {
          code: 'sign n\n  | n < 0 = -1\n  | n > 0 = positive\n  | otherwise = 0\n  where\n    positive = 1',
        },
        { code: 'fact 20 * sign (-3)', stdout: '-2432902008176640000' },
      ],
      type: [
        {
          code: 'data Shape\n  = Circle Double\n  | Square { side :: Double }\n  deriving (Show, Eq)\n\nclass HasArea a where\n  area :: a -> Double\n\ninstance HasArea Shape where\n  area (Circle r) = 3 * r * r\n  area (Square s) = s * s',
        },
        {
          code: 'newtype Twice a = Twice a\ninstance HasArea a => HasArea (Twice a) where\n  area (Twice a) = 2 * area a',
        },
        { code: 'area (Twice (Square 3))', stdout: '18.0' },
        { code: 'Square { side = 2 }', stdout: 'Square {side = 2.0}' },
      ],
      import: [
        { code: 'import qualified Data.Map as Map\nimport Data.Char (toUpper)' },
        {
          code: 'Map.toList (Map.fromList [(2, map toUpper "imported"), (1, "")])',
          stdout: '[(1,""),(2,"IMPORTED")]',
        },
      ],
      redefinition: [
        { code: 'kind = "first"' },
        { code: 'kind', stdout: '"first"' },
        { code: 'kind :: Int -> String\nkind _ = "second"' },
        { code: 'kind 1', stdout: '"second"' },
      ],
      halfway: [
        { code: 'reached = "here"\nerror "stop" :: IO ()\nreached = "there"', exitCode: 1, stderr: /stop/ },
        { code: 'reached', stdout: '"here"' },
      ],
    },
    errors: [
      {
        before: { code: 'survivor = "still here"' },
        code: 'fine = 1\n\nbroken = fine + "text" ++ True\n',
        line: 3,
        stderr: /^\n<cell \d+>:3:\d+: error:/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: 'inner :: Int -> Int\ninner n =\n  error ("deep " ++ show n)\n\nprint (inner 3)',
        line: 3,
        stderr:
          /^\*\*\* Exception: deep 3\nCallStack \(from HasCallStack\):\n {2}error, called at <cell \d+>:3:3 in interactive:Ghci\d+\n$/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: 'ok = 1\nprint ok\nx = = 2',
        line: 3,
        stderr: /^\n<cell \d+>:3:5: error:.*\s+parse error on input ‘=’/,
        hidden: OURS,
        after: { code: 'ok', stdout: '1' },
      },
      {
        code: 'later = 1\nundefinedName 5',
        line: 2,
        stderr: /^\n<cell \d+>:2:1: error:[\s\S]*Variable not in scope: undefinedName/,
        hidden: OURS,
        after: { code: 'later', stdout: '1' },
      },
      {
        code: 'data Colour = Red | Green\npaint :: Colour -> Int\npaint Red = 1\n\npaint Green',
        line: 3,
        stderr: /^\*\*\* Exception: <cell \d+>:3:1-13: Non-exhaustive patterns in function paint/,
        hidden: OURS,
        after: { code: 'paint Red', stdout: '1' },
      },
      {
        code: '\nimport Data.Nowhere\n',
        line: 2,
        stderr: /<cell \d+>:2(:\d+)?: error:[\s\S]*Data\.Nowhere/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
      {
        code: '1\n:type nobodyKnows',
        line: 2,
        stderr: /<cell \d+>:2:1: error:[\s\S]*nobodyKnows/,
        hidden: OURS,
        after: { code: 'survivor', stdout: '"still here"' },
      },
    ],
    streams: {
      code: 'import System.IO\nputStrLn "to out"\nhPutStrLn stderr "to err"',
      stdout: 'to out',
      stderr: 'to err',
    },
    streaming:
      'import System.Directory (doesFileExist)\nimport Control.Concurrent (threadDelay)\nputStrLn "first"\nlet waitForIt = doesFileExist "go-on" >>= \\there -> if there then return () else threadDelay 10000 >> waitForIt\nwaitForIt\nputStrLn "second"',
    utf8: [
      { code: 'putStrLn "Łódź 東京 🚀" -- żółć', stdout: 'Łódź 東京 🚀' },
      { code: 'żółw = length "😀"\nżółw', stdout: '1' },
      { code: 'error "zażółć 🙂" :: IO ()', exitCode: 1, stderr: /zażółć 🙂/ },
    ],
    input: {
      questions: [
        {
          code: 'do\n  putStr "Your name? "\n  name <- getLine\n  putStrLn ("Hello, " ++ name)',
          answers: ['Zażółć 🙂'],
          stdout: 'Your name? Hello, Zażółć 🙂',
        },
        {
          code: 'putStr "One: "\none <- readLn :: IO Int\nputStr "Two: "\ntwo <- getLine\none + read two',
          answers: ['20', '22'],
          stdout: 'One: Two: 42',
        },
        {
          code: 'import Control.Monad\nputStr "Letters: " >> forM_ [1, 2] (\\_ -> getChar >>= print)',
          answers: ['a'],
          stdout: "Letters: 'a'\n'\\n'",
        },
      ],
      cancelled: {
        code: 'putStr "Name? "\nname <- getLine\nputStrLn ("got " ++ name)',
        stderr: /^Interrupted\.\n$/,
      },
    },
    interrupt: {
      before: { code: 'kept = "as it was"' },
      loop: {
        code: 'putStrLn "begun"\nlet spin :: Int -> Int\n    spin n = spin n\nprint (spin 1)',
        stderr: /^Interrupted\.\n$/,
      },
      sleep: {
        code: 'import Control.Concurrent\nputStrLn "begun"\nthreadDelay 600000000',
        stderr: /^Interrupted\.\n$/,
      },
      read: {
        code: 'import System.Process\nimport System.IO\nwriter <- spawnProcess "mkfifo" ["silent"] >>= waitForProcess\nsilent <- openFile "silent" ReadWriteMode\nputStrLn "begun"\nhGetLine silent',
        stderr: /^Interrupted\.\n$/,
      },
      after: { code: 'kept', stdout: '"as it was"' },
    },
    exits: {
      before: { code: 'import System.Exit\nstays = 11' },
      requests: [
        {
          code: 'putStrLn "leaving"\nexitWith (ExitFailure 3)\nputStrLn "not left"',
          exitCode: 3,
          stdout: 'leaving',
        },
        {
          code: 'let deep = exitWith (ExitFailure 200) :: IO Int in deep >>= print',
          exitCode: 200,
          stdout: '',
        },
        { code: 'exitFailure', exitCode: 1 },
        { code: 'exitSuccess', exitCode: 0 },
        { code: 'print 1\n:quit\nprint 2', exitCode: 0, stdout: '1' },
      ],
      context: 'kept',
      after: { code: 'stays', stdout: '11' },
    },
    several: [
      {
        code: 'import Data.List (sort)\none = 1\nplus :: Int -> Int\nplus n = n + one\nprint (plus 1)\ntwo <- return (plus one)\nlet three = plus two\nsort [three, two, one]',
        stdout: '2\n[1,2,3]',
      },
      {
        code: '{-# LANGUAGE LambdaCase #-}\nisEven 0 = True\nisEven n = isOdd (n - 1)\nisOdd 0 = False\nisOdd n = isEven (n - 1)\nmap (\\case { 0 -> "none"; n -> show (isEven n) }) [0, 3, 4]\n:type isEven',
        stdout: '["none","False","True"]\nisEven :: (Eq a, Num a) => a -> Bool',
      },
    ],
    megabyte: 'mapM_ print [1 .. 170000]',
    completions: [
      { define: 'fruitBasket = [1, 2, 3]', code: 'print (fruitBa|)', includes: ['fruitBasket'] },
      {
        define: 'import qualified Data.Set as S',
        code: 'S.fromLis|',
        includes: ['S.fromList'],
        excludes: ['fromList'],
      },
      { code: 'import Data.Lis|', includes: ['Data.List'] },
      { code: ':ty|', includes: [':type'] },
      { code: 'krunner|', includes: ['krunnerFree'], define: 'krunnerFree = 1', excludes: ['krunner_next'] },
    ],
    incomplete: [
      'let unfinished = (1 +',
      'f x = do',
      'putStrLn "open',
      '{- open',
      'case 1 of',
      ':{\nlet a = 1',
      'data Open = Open {',
      'module Open',
    ],
    crash: {
      code: 'import Foreign.Ptr\nimport Foreign.Storable\nputStrLn "begun"\npeek nullPtr :: IO Int',
      signal: 'SIGSEGV',
      before: { code: 'lostSoon = 1' },
      after: { code: 'lostSoon + 1' },
    },
    extras,
  },
  batch,
}

export default haskell
