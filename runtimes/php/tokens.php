<?php
/* A cell as PHP's own tokens. */
namespace krunner;

/** Tokens of a version that is not this one have no number. */
function token_numbers(string ...$names): array
{
    return array_fill_keys(array_map('constant', array_filter($names, 'defined')), true);
}

final class Tokens
{
    /** Each is its number, or its character, and its text. */
    public $all = [];

    private static $blank;

    /** `$code` is what stands after `<?php`. */
    function __construct(string $code)
    {
        if (!self::$blank) self::$blank = token_numbers('T_WHITESPACE', 'T_COMMENT', 'T_DOC_COMMENT', 'T_OPEN_TAG');
        $tokens = @token_get_all("<?php $code");
        $tokens[0][1] = '';
        foreach ($tokens as $token) $this->all[] = is_array($token) ? [$token[0], $token[1]] : [$token, $token];
    }

    function is_blank(int $at): bool
    {
        return isset(self::$blank[$this->all[$at][0]]);
    }

    /** The next that is no space and no comment, from `$at` on; null at the end. */
    function next(int $at)
    {
        for ($count = count($this->all); $at < $count; $at++) if (!$this->is_blank($at)) return $at;
        return null;
    }

    /** The last before `$at` that is no space and no comment. */
    function last_before(int $at)
    {
        while (--$at >= 0) if (!$this->is_blank($at)) return $at;
        return null;
    }

    function number($at)
    {
        return $at === null || !isset($this->all[$at]) ? null : $this->all[$at][0];
    }

    function text($at): string
    {
        return $at === null || !isset($this->all[$at]) ? '' : $this->all[$at][1];
    }

    function insert(int $at, string $before)
    {
        if (isset($this->all[$at])) $this->all[$at][1] = $before . $this->all[$at][1];
        else $this->all[] = ['', $before];
    }

    function code(): string
    {
        return implode('', array_column($this->all, 1));
    }
}
