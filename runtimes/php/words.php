<?php
/* The word at the cursor, and what it says of. */
namespace krunner;

final class Word
{
    const NAME = '[a-zA-Z_\x80-\xff][\w\x80-\xff]*';

    /** The whole of what is to be replaced, such as `$list->a`. */
    public $text = '';
    /** What stands before the last `->`, `?->` or `::`, with it; '' where there is none. */
    public $owner = '';
    public $operator = '';
    public $rest = '';

    static function before(string $source, int $cursor): Word
    {
        $word = new self;
        $name = self::NAME;
        $path = "(?:\\$?\\\\?$name(?:\\\\(?:$name)?)*|\\$|\\\\)";
        if (!preg_match("/(?:$path(?:\\??->|::))*(?:\\$?$name(?:\\\\(?:$name)?)*|\\$|\\\\$name(?:\\\\(?:$name)?)*|\\\\)?\$/", substr($source, 0, $cursor), $match)) return $word;
        $word->text = $word->rest = $match[0];
        if (preg_match('/^(.*?)(\??->|::)([^:>]*)$/s', $match[0], $parts) && preg_match('/^(.*)(\?->|->|::)(.*?)$/s', $match[0], $parts)) {
            $word->owner = $parts[1];
            $word->operator = $parts[2];
            $word->rest = $parts[3];
        }
        return $word;
    }

    /** The whole name in which the cursor is. */
    static function at(string $source, int $cursor): Word
    {
        $length = strlen($source);
        while ($cursor < $length && preg_match('/[\w\\\\\x80-\xff]/', $source[$cursor])) $cursor++;
        return self::before($source, $cursor);
    }
}

/** The object that the word's owner names, or the name of its class; null where neither is known without running code. */
function owner_of(Word $word)
{
    $steps = preg_split('/(\??->|::)/', $word->owner, -1, PREG_SPLIT_DELIM_CAPTURE);
    $first = array_shift($steps);
    $owner = $first !== '' && $first[0] === '$' ? variable(substr($first, 1)) : class_named($first);
    while ($owner !== null && count($steps) >= 2) {
        $operator = array_shift($steps);
        $owner = member_of($owner, $operator, array_shift($steps));
    }
    return is_object($owner) || (is_string($owner) && class_named($owner)) ? $owner : null;
}

function variable(string $name)
{
    return isset($GLOBALS[$name]) ? $GLOBALS[$name] : null;
}

/** A property as it is, without the user's `__get`. */
function member_of($owner, string $operator, string $name)
{
    if (!is_object($owner) || $operator === '::') return null;
    $properties = (array) $owner;
    return isset($properties[$name]) && is_object($properties[$name]) ? $properties[$name] : null;
}

/** As a cell would find it, with its namespace and imports; null where it is not loaded. */
function class_named(string $name)
{
    foreach (full_names($name, '') as $full)
        if (class_exists($full, false) || interface_exists($full, false) || trait_exists($full, false)) return ltrim($full, '\\');
    return null;
}

/** @param string $kind `function `, `const ` or '' */
function full_names(string $name, string $kind): array
{
    if ($name === '' || $name[0] === '\\') return [ltrim($name, '\\')];
    $parts = explode('\\', $name, 2);
    $key = Scope::key(isset($parts[1]) ? '' : $kind, $parts[0]);
    $names = [];
    if (isset(Session::$scope->imports[$key])) {
        $import = preg_replace('/^(function |const )|( as \S+$)/', '', Session::$scope->imports[$key]);
        $names[] = isset($parts[1]) ? "$import\\$parts[1]" : $import;
    }
    if (Session::$scope->namespace !== '') $names[] = Session::$scope->namespace . "\\$name";
    $names[] = $name;
    return $names;
}
