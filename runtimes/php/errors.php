<?php
/* What PHP does with an exception that nobody caught. */
namespace krunner;

function tell_error()
{
    $error = Session::$error;
    Session::$error = null;
    $handler = set_exception_handler(null);
    restore_exception_handler();
    if ($handler !== null) $handler($error);
    elseif ($error instanceof \ParseError && $error->getPrevious() === null)
        print_error('Parse error: ' . $error->getMessage() . place_of($error));
    else print_error('Fatal error: Uncaught ' . trim((string) $error) . "\n  thrown" . place_of($error));
}

function place_of(\Throwable $error): string
{
    return " in {$error->getFile()} on line {$error->getLine()}";
}

function print_error(string $text)
{
    file_put_contents('php://stderr', "$text\n");
}
