<?php
/* How PHP shows an exception that nobody caught. */
namespace krunner;

function tell_error()
{
    $error = Session::$told;
    if ($error instanceof \ParseError && $error->getPrevious() === null)
        print_error('Parse error: ' . $error->getMessage() . place_of($error));
    else print_error('Fatal error: Uncaught ' . trim((string) $error) . "\n  thrown" . place_of($error));
}

function place_of(\Throwable $error): string
{
    return " in {$error->getFile()} on line {$error->getLine()}";
}

function print_error(string $text)
{
    file_put_contents('php://stderr', without_place($text) . "\n");
}

/** The name of a class without one says where it is. */
function without_place(string $text): string
{
    return preg_replace('/\0\S.*?:\d+\$[0-9a-f]+/', '', $text);
}
