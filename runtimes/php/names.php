<?php
/* Completion: names that are there now. Nothing of the user's runs for it. */
namespace krunner;

/** @return string[] each replaces the whole word before the cursor */
function complete(string $source, int $cursor): array
{
    $word = Word::before($source, $cursor);
    if ($word->operator !== '') $found = members($word);
    elseif (substr($word->text, 0, 1) === '$') $found = prefixed('$', array_keys($GLOBALS));
    else $found = $word->text === '' ? [] : plain_names($word->text);
    $matching = array_filter($found, function (string $name) use ($word) {
        return strncasecmp($name, $word->text, strlen($word->text)) === 0;
    });
    sort($matching);
    return array_values(array_unique($matching));
}

function prefixed(string $prefix, array $names): array
{
    return array_map(function ($name) use ($prefix) {
        return $prefix . $name;
    }, $names);
}

function members(Word $word): array
{
    $owner = owner_of($word);
    if ($owner === null) return [];
    $class = new \ReflectionClass($owner);
    $of_object = is_object($owner) && $word->operator !== '::';
    return prefixed($word->owner . $word->operator, $of_object ? members_of_object($owner, $class) : members_of_class($class));
}

function members_of_object($object, \ReflectionClass $class): array
{
    $names = array_filter(array_map('strval', array_keys((array) $object)), function (string $name) {
        return $name !== '' && $name[0] !== "\0";
    });
    foreach ($class->getProperties(\ReflectionProperty::IS_PUBLIC) as $property) if (!$property->isStatic()) $names[] = $property->getName();
    foreach ($class->getMethods(\ReflectionMethod::IS_PUBLIC) as $method) $names[] = $method->getName();
    return $names;
}

function members_of_class(\ReflectionClass $class): array
{
    $names = array_merge(['class'], array_keys($class->getConstants()));
    foreach ($class->getProperties(\ReflectionProperty::IS_STATIC) as $property) if ($property->isPublic()) $names[] = '$' . $property->getName();
    foreach ($class->getMethods(\ReflectionMethod::IS_STATIC) as $method) if ($method->isPublic()) $names[] = $method->getName();
    return $names;
}

/** Of functions, classes, constants and the language. */
function plain_names(string $start): array
{
    $functions = get_defined_functions();
    $names = array_merge(
        $functions['internal'], users_functions($functions['user']), get_declared_classes(), get_declared_interfaces(),
        get_declared_traits(), array_keys(get_defined_constants()), $start[0] === '\\' ? [] : keywords()
    );
    $names = array_filter($names, function (string $name) {
        return stripos($name, 'krunner') !== 0;
    });
    return $start[0] === '\\' ? prefixed('\\', $names) : array_merge($names, names_in_scope($names));
}

/** PHP knows functions in small letters. */
function users_functions(array $names): array
{
    return array_map(function (string $name) {
        return (new \ReflectionFunction($name))->getName();
    }, $names);
}

/** What the namespace and the imports of the session let people write shorter. */
function names_in_scope(array $names): array
{
    $space = Session::$scope->namespace . '\\';
    $short = [];
    foreach (Session::$scope->imports as $import) $short[] = substr($import, strrpos($import, ' ') + 1);
    foreach ($names as $name) if (stripos($name, $space) === 0) $short[] = substr($name, strlen($space));
    return $short;
}

function keywords(): array
{
    return explode(' ', 'abstract and array as break callable case catch class clone const continue declare default do echo else elseif '
        . 'empty enum exit extends false final finally fn for foreach function global goto if implements include include_once '
        . 'instanceof insteadof interface isset list match namespace new null or print private protected public readonly require '
        . 'require_once return static switch throw trait true try unset use var while xor yield');
}
