# Parses and runs cells.

# Where a statement begins: the file is the cell.
const Statement = Tuple{LineNumberNode,Any}

is_broken(expression) = Meta.isexpr(expression, :error) || Meta.isexpr(expression, :incomplete)

# The line on which the statement begins that Julia does not accept.
function broken_line(source)
    at = 1
    while at <= ncodeunits(source)
        expression, next = try Meta.parse(source, at; raise = false) catch; break end
        (is_broken(expression) || next <= at) && break
        at = next
    end
    blank = match(r"\s*", source, at)
    return 1 + count(isequal('\n'), SubString(source, 1, prevind(source, min(at + ncodeunits(blank.match), ncodeunits(source) + 1))))
end

function statements_of(source, name)
    program = Base.parse_input_line(source; filename = name)
    Meta.isexpr(program, :toplevel) || (program = Expr(:toplevel, program))
    statements, line = Statement[], LineNumberNode(1, Symbol(name))
    for part in program.args
        is_broken(part) && return Statement[(LineNumberNode(Base.invokelatest(broken_line, source), Symbol(name)), part)]
        part isa LineNumberNode ? (line = LineNumberNode(part.line, Symbol(name))) : push!(statements, (line, part))
    end
    return statements
end

# From Julia 1.5 on a loop at the REPL's top level assigns to the globals that are there.
function soft(@nospecialize(expression))
    VERSION < v"1.5" && return expression
    expression isa Expr || return expression
    if expression.head === :toplevel
        for (index, part) in enumerate(expression.args)
            expression.args[index] = soft(part)
        end
        return expression
    end
    expression.head in (:meta, :import, :using, :export, :module, :error, :incomplete, :thunk) && return expression
    return Expr(:block, Expr(:softscope, true), expression)
end

# A semicolon ends it, but for comments.
is_silenced(source) = occursin(r";\s*(?:#[^\n]*\s*|#=(?s:.*?)=#\s*)*$", source)

function keep_answer(@nospecialize(value))
    if isdefined(Base, :MainInclude) && isdefined(Base.MainInclude, :ans)
        Core.eval(Base.MainInclude, Expr(:(=), :ans, QuoteNode(value)))
    else
        ccall(:jl_set_global, Cvoid, (Any, Any, Any), Main, :ans, value)
    end
end

# Returns the value of the last statement. `place` is the one that runs.
function evaluate(statements, place)
    value = nothing
    for (line, expression) in statements
        place[] = line
        value = Core.eval(Main, Expr(:toplevel, line, soft(expression)))
    end
    return value
end

function run_cell(source, name)
    place = Ref(LineNumberNode(1, Symbol(name)))
    try
        session.is_running = true
        call(:krunner_enter)
        value = has_mode(source) ? Base.invokelatest(run_mode, source) : evaluate(statements_of(source, name), place)
        keep_answer(value)
        value === nothing || is_silenced(source) || Base.invokelatest(display, value)
        return 0, ""
    catch exception
        # It may come twice, and would hide the error that it has made.
        session.is_running = false
        call(:krunner_leave)
        return 1, without_interrupts(() -> Base.invokelatest(report_error, exception, place[]))
    finally
        session.is_running = false
        call(:krunner_leave)
    end
end

function run_cells()
    while true
        request = take!(session.cells)
        outcome = try
            run_cell(request.text, string("<cell ", request.fields[1], '>'))
        catch exception
            1, string(nameof(typeof(exception)))
        end
        put!(session.outcomes, outcome)
    end
end
