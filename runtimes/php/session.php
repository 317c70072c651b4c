<?php
/* The daemon's requests, one after the other. */
namespace krunner;

final class Session
{
    /** Of the last expression of the cell that runs. */
    public static $value;
    /** What the cell has not caught, and of that what is being told. */
    public static $error;
    public static $told;
    public static $handler;
    public static $scope;

    /** What of `krunner_start` there is. */
    const NOTHING = 0;
    const ALL = 2;
}

function serve()
{
    Channel::open();
    Session::$scope = new Scope;
    if (!function_exists('krunner_start') || \krunner_start(PHP_VERSION_ID) === Session::NOTHING) give_up();
    limit_memory();
    $GLOBALS['argv'] = $_SERVER['argv'] = ['-'];
    foreach (['PHP_SELF', 'SCRIPT_NAME', 'SCRIPT_FILENAME', 'PATH_TRANSLATED'] as $name) $_SERVER[$name] = '';
    Channel::send('ready', 'PHP ' . PHP_VERSION);
    while ($request = Channel::receive()) answer($request);
}

/** Without our extension nothing would be kept, nor interrupted. */
function give_up()
{
    fwrite(STDERR, 'This PHP (' . PHP_VERSION . ', ' . PHP_BINARY . ") does not load extensions, or is not one that krunner knows.\n");
    exit(1);
}

/** Else an endless recursion, which PHP does not notice, takes the memory of the whole machine. */
function limit_memory()
{
    $information = @file_get_contents('/proc/meminfo');
    if (ini_get('memory_limit') !== '-1' || !preg_match('/^MemAvailable:\s+(\d+) kB/m', (string) $information, $parts)) return;
    $available = $parts[1] * 1024;
    foreach (['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'] as $file)
        $available = min($available, (int) @file_get_contents($file) ?: $available);
    ini_set('memory_limit', (string) intdiv($available, 2));
}

function answer(array $request)
{
    list($type, $id) = $request;
    $text = end($request);
    if ($type === 'run') Channel::send(...finish($id, run_cell($text, "<cell $id>")));
    if ($type === 'complete') Channel::send("matches $id", implode("\n", complete($text, (int) $request[2])));
    if ($type === 'inspect') Channel::send("doc $id", inspect($text, (int) $request[2]));
}

/** The head and the text of the report. */
function finish(string $id, array $outcome): array
{
    return ["done $id {$outcome[0]}", $outcome[1]];
}

/* What runs after a cell, in its name: no frame of ours is below user code. Buffers end with a script, too. */
const SHOW = 'var_dump(\krunner\Session::$value);';
const LEAVE = '\krunner\Session::$value = null; while (ob_get_level() > 0 && @ob_end_flush());';
const HANDLE = '(\krunner\Session::$handler)(\krunner\Session::$told);';
const TELL = '\krunner\tell_error();';

const INTERRUPTED = -1;
const OVERFLOWED = -2;
const FAILED = 1;

/** The cell's code, and its error's name. */
function run_cell(string $source, string $name): array
{
    $cell = new Cell($source, Session::$scope);
    $outcome = run($cell->code, $name, $cell->redeclared);
    if (!$outcome && Session::$value !== null) $outcome = run(SHOW, $name);
    $told = tell($name);
    $left = run(LEAVE, $name);
    tell($name);
    leave_room();
    return $told ?: $outcome ?: $left ?: [0, ''];
}

/** The user's handler may throw, and so may the error's own way to be told. */
function tell(string $name)
{
    if (!Session::$error) return null;
    Session::$handler = set_exception_handler(null);
    restore_exception_handler();
    $outcome = null;
    for ($code = Session::$handler ? HANDLE : TELL, $attempt = 0; Session::$error && $attempt < 3; $code = TELL, $attempt++) {
        Session::$told = Session::$error;
        Session::$error = null;
        $outcome = run($code, $name) ?: $outcome;
    }
    Session::$told = Session::$error = null;
    return $outcome;
}

/** Null where the code came to its end. */
function run(string $code, string $name, string $redeclared = '')
{
    try {
        $status = \krunner_run($code, $name, $redeclared);
    } catch (\Throwable $error) {
        Session::$error = $error;
        return [FAILED, without_place(get_class($error))];
    }
    if ($status === null) return null;
    if ($status === INTERRUPTED) return [FAILED, 'Interrupted'];
    return $status === OVERFLOWED || was_fatal($status) ? [FAILED, 'FatalError'] : [$status & 255, ''];
}

/** PHP has told of it. */
function was_fatal(int $status): bool
{
    $last = error_get_last();
    $fatal = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
    if ($status !== 255 || !$last || !($last['type'] & $fatal)) return false;
    error_clear_last();
    return true;
}

/** After memory was exhausted the driver needs some itself, and the user some to give the rest back. */
function leave_room()
{
    $room = 16 << 20;
    $limit = ini_get('memory_limit');
    $bytes = (int) $limit << 10 * (int) array_search(strtoupper(substr($limit, -1)), ['', 'K', 'M', 'G']);
    if ($bytes > 0 && memory_get_usage() + $room > $bytes) ini_set('memory_limit', (string) (memory_get_usage() + 2 * $room));
}
