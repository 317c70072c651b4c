<?php
/* What PHP knows of a name: its declaration, and the comment above it. */
namespace krunner;

function inspect(string $source, int $cursor): string
{
    $word = Word::at($source, $cursor);
    $found = $word->operator !== '' ? member_named($word) : named($word->text);
    if (is_string($found)) return $found;
    return $found ? trim(comment_of($found) . "\n" . declaration($found)) : '';
}

/** A reflection, or a text, or null. */
function named(string $name)
{
    if ($name !== '' && $name[0] === '$') return isset($GLOBALS[substr($name, 1)]) ? describe($GLOBALS[substr($name, 1)]) : null;
    foreach (full_names($name, 'function ') as $full) if (function_exists($full)) return new \ReflectionFunction($full);
    if ($class = class_named($name)) return new \ReflectionClass($class);
    foreach (full_names($name, 'const ') as $full) if (defined($full)) return "const $full = " . json_encode(constant($full));
    return null;
}

function member_named(Word $word)
{
    $owner = owner_of($word);
    if ($owner === null) return null;
    $class = new \ReflectionClass($owner);
    $name = ltrim($word->rest, '$');
    if ($class->hasMethod($name)) return $class->getMethod($name);
    if ($class->hasProperty($name)) return $class->getProperty($name);
    return $class->hasConstant($name) ? "const {$class->getName()}::$name = " . json_encode($class->getConstant($name)) : null;
}

function describe($value): string
{
    if (is_object($value)) return get_class($value);
    return is_array($value) ? 'array(' . count($value) . ')' : gettype($value);
}

function comment_of($reflection): string
{
    return preg_replace('/^[ \t]+/m', ' ', (string) $reflection->getDocComment());
}

function declaration($reflection): string
{
    if ($reflection instanceof \ReflectionFunctionAbstract) return signature($reflection);
    if ($reflection instanceof \ReflectionProperty) return "\${$reflection->getName()} of {$reflection->getDeclaringClass()->getName()}";
    $parent = $reflection->getParentClass();
    $interfaces = $reflection->getInterfaceNames();
    return ($reflection->isInterface() ? 'interface ' : ($reflection->isTrait() ? 'trait ' : 'class ')) . $reflection->getName()
        . ($parent ? " extends {$parent->getName()}" : '') . ($interfaces ? ' implements ' . implode(', ', $interfaces) : '');
}

function signature(\ReflectionFunctionAbstract $function): string
{
    $owner = $function instanceof \ReflectionMethod ? $function->getDeclaringClass()->getName() . '::' : '';
    $type = $function->getReturnType();
    return "function $owner{$function->getName()}(" . implode(', ', array_map('krunner\parameter', $function->getParameters())) . ')'
        . ($type ? ': ' . type_name($type) : '');
}

function parameter(\ReflectionParameter $parameter): string
{
    $type = $parameter->getType();
    $text = ($type ? type_name($type) . ' ' : '') . ($parameter->isPassedByReference() ? '&' : '') . ($parameter->isVariadic() ? '...' : '')
        . '$' . $parameter->getName();
    if (!$parameter->isDefaultValueAvailable()) return $text . ($parameter->isOptional() && !$parameter->isVariadic() ? ' = ?' : '');
    return "$text = " . ($parameter->isDefaultValueConstant() ? $parameter->getDefaultValueConstantName() : json_encode($parameter->getDefaultValue()));
}

function type_name(\ReflectionType $type): string
{
    return $type instanceof \ReflectionNamedType && $type->allowsNull() && $type->getName()[0] !== 'm' && PHP_VERSION_ID < 80000
        ? "?{$type->getName()}" : (PHP_VERSION_ID < 80000 ? $type->getName() : (string) $type);
}
