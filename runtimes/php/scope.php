<?php
/* What a file of PHP says of all that follows in it: cells go on as one file would. */
namespace krunner;

final class Scope
{
    /** '': the global one. */
    public $namespace = '';
    public $is_strict = false;
    /** Statements without `use` and the semicolon, by kind and alias: `function foo` => `function A\foo`. */
    public $imports = [];

    /** What a cell puts in front of its own code, but for `$names`, which it declares itself: kinds and aliases. */
    function prologue(array $names, bool $has_namespace): string
    {
        if ($has_namespace) return '';
        $code = $this->namespace === '' ? '' : "namespace {$this->namespace}; ";
        foreach (array_diff_key($this->imports, $names) as $import) $code .= "use $import; ";
        return $code;
    }

    /** @param string $phrase such as `use A\{B, C as D}` */
    static function imports_of(string $phrase): array
    {
        if (!preg_match('/^use (function |const |)([^{]*?)(?:\{(.*)\})?$/i', $phrase, $parts)) return [];
        $group = isset($parts[3]) ? rtrim($parts[2]) : '';
        $imports = [];
        foreach (explode(',', isset($parts[3]) ? $parts[3] : $parts[2]) as $item) {
            if (!preg_match('/^\s*(function |const |)([\w\\\\\x80-\xff]+)(?: as (\S+))?\s*$/i', $item, $import)) continue;
            $kind = strtolower($parts[1] . $import[1]);
            $name = ltrim($group . $import[2], '\\');
            $alias = isset($import[3]) ? $import[3] : basename(strtr($name, '\\', '/'));
            // `use Name;` says nothing in the global namespace, and PHP complains of it.
            if ($name !== $alias) $imports[self::key($kind, $alias)] = "$kind$name as $alias";
        }
        return $imports;
    }

    static function key(string $kind, string $alias): string
    {
        return $kind . ($kind === 'const ' ? $alias : strtolower($alias));
    }
}
