<?php
/* A cell as the engine gets it. */
namespace krunner;

final class Cell
{
    /** The code to run, and the names it declares anew, as `krunner_run` wants them. */
    public $code;
    public $redeclared = '';

    private $tokens;
    private $statements = [];
    private $scope;
    private $has_namespace = false;
    private $declared = [];
    private $imports = [];

    /** Calls of what is called for what it does. */
    private static $silent_calls = [
        'printf', 'vprintf', 'fprintf', 'vfprintf', 'print_r', 'fwrite', 'fputs', 'fputcsv', 'define', 'readfile', 'fpassthru',
        'sleep', 'ini_set', 'set_error_handler', 'set_exception_handler', 'restore_error_handler', 'restore_exception_handler',
        'spl_autoload_register',
    ];

    /** @param Scope $scope is changed to what holds after this cell */
    function __construct(string $source, Scope $scope)
    {
        $this->scope = $scope;
        $this->code = self::in_php($source);
        if (!function_exists('token_get_all')) return;
        $this->tokens = new Tokens($this->code);
        $this->statements = Statement::all($this->tokens);
        $this->close_last();
        // The engine tells of what it cannot read.
        if (!self::can_be_read($this->tokens->code())) return;
        foreach ($this->statements as $statement) $this->take_in($statement);
        $this->tokens->insert($this->place_of_prologue(), $this->scope->prologue($this->imports + $this->declared, $this->has_namespace));
        $this->code = $this->strictness() . $this->tokens->code();
        $this->keep_value();
        $this->scope->imports = array_merge($this->has_namespace ? [] : $this->scope->imports, $this->imports);
        $this->redeclared = implode("\n", $this->names_to_forget());
    }

    /** Cells begin in PHP. One that begins with a tag, or cannot be read else, begins as a file does. */
    private static function in_php(string $source): string
    {
        $source = preg_replace('/^#!.*/', '', $source);
        if (preg_match('/^\s*<\?php(?=\s|$)/i', $source, $tag)) return str_replace('<?php', '', strtolower($tag[0])) . substr($source, strlen($tag[0]));
        $is_page = preg_match('/^\s*<(?!<<)/', $source) || (preg_match('/<\?(php\s|=)/', $source) && !self::can_be_read($source));
        return $is_page ? "?>$source" : $source;
    }

    private static function can_be_read(string $code): bool
    {
        if (!function_exists('token_get_all')) return true;
        try {
            @token_get_all("<?php $code", TOKEN_PARSE);
            return true;
        } catch (\ParseError $error) {
            return false;
        }
    }

    /** People leave out the last semicolon. */
    private function close_last()
    {
        $last = end($this->statements);
        if (!$last || !$last->is_open()) return;
        $end = $last->end_of_expression();
        $this->tokens->insert($end, ';');
        $last->end = $end;
    }

    private function take_in(Statement $statement)
    {
        if ($statement->head === T_USE) $this->imports = Scope::imports_of($statement->phrase()) + $this->imports;
        elseif ($statement->head === T_DECLARE) $this->take_strictness($statement->phrase());
        elseif ($statement->head === T_NAMESPACE) $this->take_namespace($statement->phrase());
        elseif ($statement->head === T_CONST) $this->take_constants($statement);
        else $this->take_declaration($statement);
    }

    private function take_strictness(string $phrase)
    {
        if (preg_match('/^declare ?\( ?strict_types ?= ?([01]) ?\)$/i', $phrase, $parts)) $this->scope->is_strict = $parts[1] === '1';
    }

    /** One with braces holds for what is in them. */
    private function take_namespace(string $phrase)
    {
        $this->has_namespace = true;
        $this->scope->namespace = preg_match('/^namespace ([^\s{]+)$/i', $phrase, $parts) ? $parts[1] : '';
        $this->imports = [];
    }

    private function take_constants(Statement $statement)
    {
        $outer = $statement->outer_tokens();
        $last = null;
        foreach ($outer as $at => $number) {
            if ($number === '=') $this->declare('const ', 'k', $statement->tokens->text($last));
            $last = $at;
        }
    }

    private function take_declaration(Statement $statement)
    {
        static $classes;
        if (!$classes) $classes = token_numbers('T_CLASS', 'T_INTERFACE', 'T_TRAIT', 'T_ENUM');
        if ($statement->is_expression()) return;
        foreach ($statement->outer_tokens() as $at => $number) {
            $next = $statement->tokens->next($at + 1);
            if ($number === T_FUNCTION && $statement->head === T_FUNCTION) {
                while ($statement->tokens->text($next) === '&') $next = $statement->tokens->next($next + 1);
                return $this->declare('function ', 'f', $statement->tokens->text($next));
            }
            if (isset($classes[$number])) return $this->declare('', 'c', $statement->tokens->text($next));
        }
    }

    private function declare(string $kind, string $letter, string $name)
    {
        $space = $this->scope->namespace === '' ? '' : $this->scope->namespace . '\\';
        $this->declared[Scope::key($kind, $name)] = [$letter, $space, $name];
    }

    /** Those that are there, and are the user's. */
    private function names_to_forget(): array
    {
        $names = [];
        foreach ($this->declared as list($letter, $space, $name)) {
            $full = $letter === 'k' ? strtolower($space) . $name : strtolower($space . $name);
            if (self::is_users($letter, $full)) $names[] = $letter . $full;
        }
        return $names;
    }

    private static function is_users(string $letter, string $name): bool
    {
        if ($letter === 'f') return function_exists($name) && (new \ReflectionFunction($name))->isUserDefined();
        if ($letter === 'k') return isset(get_defined_constants(true)['user'][$name]);
        $exists = class_exists($name, false) || interface_exists($name, false) || trait_exists($name, false);
        return $exists && (new \ReflectionClass($name))->isUserDefined();
    }

    /** The value of a last expression, unless it is there for what it does. */
    private function keep_value()
    {
        $last = end($this->statements);
        if (!$last || !$last->is_expression() || $this->is_silent($last)) return;
        $end = $last->end_of_expression();
        if ($end <= $last->start) return;
        $this->tokens->insert($end, ')');
        $this->tokens->insert($last->start, '\krunner\Session::$value = (');
        $code = $this->strictness() . $this->tokens->code();
        if (self::can_be_read($code)) $this->code = $code;
    }

    private function is_silent(Statement $statement): bool
    {
        static $changing;
        if (!$changing) $changing = token_numbers(
            'T_PLUS_EQUAL', 'T_MINUS_EQUAL', 'T_MUL_EQUAL', 'T_DIV_EQUAL', 'T_CONCAT_EQUAL', 'T_MOD_EQUAL', 'T_AND_EQUAL', 'T_OR_EQUAL',
            'T_XOR_EQUAL', 'T_SL_EQUAL', 'T_SR_EQUAL', 'T_POW_EQUAL', 'T_COALESCE_EQUAL', 'T_INC', 'T_DEC'
        ) + ['=' => true];
        $outer = $statement->outer_tokens();
        if (array_intersect_key(array_flip($outer), $changing)) return true;
        $words = array_intersect_key($this->tokens->all, $outer);
        return preg_match('/^\\\\?(\w+)\(\)$/', implode('', array_column($words, 1)), $call)
            && in_array(strtolower($call[1]), self::$silent_calls, true);
    }

    /** Behind `declare(strict_types=1);`, which must be the first. */
    private function place_of_prologue(): int
    {
        $first = reset($this->statements);
        if (!$first) return count($this->tokens->all);
        return $first->head === T_DECLARE ? $first->end : 0;
    }

    private function strictness(): string
    {
        $first = reset($this->statements);
        return $this->scope->is_strict && $first && $first->head !== T_DECLARE ? 'declare(strict_types=1); ' : '';
    }
}
