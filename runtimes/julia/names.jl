# Completion, which is the REPL's own, and inspection: what `?name` shows.

const WORD = r"[\p{L}\p{N}_!.@]*$"

before_cursor(source, cursor) = String(codeunits(source)[1:cursor])

function complete(source, cursor)
    text = before_cursor(source, cursor)
    Completions = repl().REPLCompletions
    found, range, _ = Base.invokelatest(Completions.completions, text, lastindex(text), Main)
    # The REPL replaces the last part of `a.b` only.
    start = match(WORD, SubString(text, 1, prevind(text, first(range)))).match
    return unique!([string(start, Base.invokelatest(Completions.completion_text, each)) for each in found])
end

function inspect(source, cursor)
    before = match(WORD, before_cursor(source, cursor)).match
    after = match(r"^[\p{L}\p{N}_!]*", String(codeunits(source)[cursor+1:end])).match
    isempty(before) && isempty(after) && return String[]
    expression = Base.invokelatest(repl().helpmode, devnull, string(before, after))
    return [Base.invokelatest(repr, MIME("text/plain"), Core.eval(Main, expression))]
end
