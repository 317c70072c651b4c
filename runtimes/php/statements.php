<?php
/* Where the statements of a cell's top level begin and end. */
namespace krunner;

final class Statement
{
    public $tokens;
    /** Of its first token, and behind its last one, which may be a semicolon. */
    public $start;
    public $end;
    /** The number of the token that says what it is. */
    public $head;

    private static $blocks;
    private static $silent;
    private static $also_names;

    private static function prepare()
    {
        self::$blocks = token_numbers(
            'T_FUNCTION', 'T_CLASS', 'T_ABSTRACT', 'T_FINAL', 'T_READONLY', 'T_INTERFACE', 'T_TRAIT', 'T_ENUM',
            'T_IF', 'T_ELSE', 'T_ELSEIF', 'T_FOR', 'T_FOREACH', 'T_WHILE', 'T_DO', 'T_SWITCH', 'T_TRY', 'T_CATCH',
            'T_FINALLY', 'T_NAMESPACE', 'T_DECLARE'
        ) + ['{' => true];
        self::$silent = self::$blocks + token_numbers(
            'T_ECHO', 'T_PRINT', 'T_RETURN', 'T_BREAK', 'T_CONTINUE', 'T_GLOBAL', 'T_STATIC', 'T_UNSET', 'T_USE', 'T_CONST',
            'T_THROW', 'T_GOTO', 'T_HALT_COMPILER', 'T_INLINE_HTML', 'T_OPEN_TAG_WITH_ECHO', 'T_EXIT', 'T_INCLUDE',
            'T_INCLUDE_ONCE', 'T_REQUIRE', 'T_REQUIRE_ONCE', 'T_CASE', 'T_DEFAULT', 'T_ENDIF', 'T_ENDFOR', 'T_ENDFOREACH',
            'T_ENDWHILE', 'T_ENDSWITCH', 'T_ENDDECLARE', 'T_CLOSE_TAG'
        ) + [';' => true];
        self::$also_names = token_numbers('T_ENUM', 'T_READONLY', 'T_NAMESPACE');
    }

    /** @return Statement[] */
    static function all(Tokens $tokens): array
    {
        if (!self::$blocks) self::prepare();
        $statements = [];
        $at = 0;
        while (($start = $tokens->next($at)) !== null) {
            $statements[] = $statement = new self($tokens, $start);
            $at = $statement->end;
        }
        return $statements;
    }

    private function __construct(Tokens $tokens, int $start)
    {
        $this->tokens = $tokens;
        $this->start = $start;
        $first = $this->after_attributes($start);
        $this->head = $this->head_at($first);
        $this->end = $this->find_end($first);
    }

    /** `#[...]` before a declaration. */
    private function after_attributes(int $at): int
    {
        $attribute = defined('T_ATTRIBUTE') ? constant('T_ATTRIBUTE') : null;
        while ($attribute !== null && $this->tokens->number($at) === $attribute) {
            for ($depth = 0, $count = count($this->tokens->all); $at < $count; $at++) {
                $number = $this->tokens->number($at);
                $depth += ($number === $attribute || $number === '[') - ($number === ']');
                if ($depth === 0) break;
            }
            $next = $this->tokens->next($at + 1);
            if ($next === null) return $at;
            $at = $next;
        }
        return $at;
    }

    /** A function without a name is an expression, and so is what is called of `static`. */
    private function head_at(int $at)
    {
        $number = $this->tokens->number($at);
        $next = $this->tokens->next($at + 1);
        if ($number === T_FUNCTION) {
            while ($this->tokens->text($next) === '&') $next = $this->tokens->next($next + 1);
            return $this->tokens->number($next) === '(' ? null : $number;
        }
        if ($number === T_STATIC && $this->tokens->number($next) !== T_VARIABLE) return null;
        // A label.
        if ($number === T_STRING && $this->tokens->number($next) === ':') return T_GOTO;
        // `enum` and `readonly` may be functions, and `namespace\f()` is a name.
        $is_name = in_array($this->tokens->number($next), ['(', T_NS_SEPARATOR], true) && isset(self::$also_names[$number]);
        return $is_name ? null : $number;
    }

    private function find_end(int $at): int
    {
        $tokens = $this->tokens;
        if ($tokens->number($at) === T_INLINE_HTML) return $at + 1;
        for ($depth = 0, $count = count($tokens->all); $at < $count; $at++) {
            $number = $tokens->number($at);
            if (in_array($number, ['(', '[', '{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES], true)) $depth++;
            elseif ($number === ')' || $number === ']') $depth--;
            elseif ($number === '}' && --$depth <= 0 && isset(self::$blocks[$this->head])) {
                if (!$this->goes_on($at + 1)) return $at + 1;
            } elseif ($depth <= 0 && ($number === ';' || $number === T_CLOSE_TAG)) return $at + 1;
            elseif (defined('T_ATTRIBUTE') && $number === constant('T_ATTRIBUTE')) $depth++;
        }
        return $count;
    }

    /** Whether what stands behind a block belongs to it. */
    private function goes_on(int $at): bool
    {
        $number = $this->tokens->number($this->tokens->next($at));
        if ($this->head === T_DO && $number === T_WHILE) return true;
        return in_array($number, [T_ELSE, T_ELSEIF, T_CATCH, T_FINALLY], true);
    }

    /** Whether it could end here if a semicolon followed, and needs one. */
    function is_open(): bool
    {
        $last = $this->tokens->number($this->end - 1);
        return $last !== ';' && $last !== T_CLOSE_TAG && !isset(self::$blocks[$this->head]) && $this->head !== T_INLINE_HTML;
    }

    function is_expression(): bool
    {
        return $this->head === null || !isset(self::$silent[$this->head]);
    }

    /** Behind the last token before a semicolon. */
    function end_of_expression(): int
    {
        $end = $this->end;
        if (in_array($this->tokens->number($end - 1), [';', T_CLOSE_TAG], true)) $end--;
        return $this->tokens->last_before($end) + 1;
    }

    /** Without comments and its semicolon, and with single spaces. */
    function phrase(): string
    {
        $words = '';
        for ($at = $this->start, $end = $this->end_of_expression(); $at < $end; $at++)
            $words .= $this->tokens->is_blank($at) ? ' ' : $this->tokens->text($at);
        return trim(preg_replace('/\s+/', ' ', $words));
    }

    /** Those of its tokens that stand in no brackets: place => number. */
    function outer_tokens(): array
    {
        $outer = [];
        for ($depth = 0, $at = $this->start, $end = $this->end_of_expression(); $at < $end; $at++) {
            $number = $this->tokens->number($at);
            if (in_array($number, [')', ']', '}'], true)) $depth--;
            if ($depth === 0 && !$this->tokens->is_blank($at)) $outer[$at] = $number;
            if (in_array($number, ['(', '[', '{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES], true)) $depth++;
        }
        return $outer;
    }
}
