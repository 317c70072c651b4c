# Errors as the REPL shows them: without our own frames, and with the place of the statement where no frame of the cell tells it.

is_ours(frame) = startswith(string(frame.file), FOLDER)

# The frames of user code: those above our own call of `eval`.
function visible(trace)
    kept = similar(trace, 0)
    for entry in trace
        frames = Base.StackTraces.lookup(entry)
        any(is_ours, frames) || push!(kept, entry)
    end
    below = findlast(entry -> any(frame -> frame.func === :eval, Base.StackTraces.lookup(entry)), kept)
    return below === nothing ? kept : kept[1:below-1]
end

# All exceptions that are being handled, each with its trace, the last one last.
@static if isdefined(Base, :current_exceptions)
    exceptions() = Any[(each.exception, each.backtrace) for each in Base.current_exceptions()]
elseif isdefined(Base, :catch_stack)
    exceptions() = Any[(exception, trace) for (exception, trace) in Base.catch_stack()]
end

is_in_cell(trace, name) = any(entry -> any(frame -> endswith(string(frame.file), name), Base.StackTraces.lookup(entry)), trace)

function show_error(io, stack, place)
    stack = Any[(exception, visible(trace)) for (exception, trace) in stack]
    print(io, "ERROR: ")
    limited = IOContext(io, :limit => true)
    for (index, (exception, trace)) in enumerate(reverse(stack))
        index > 1 && print(io, "\ncaused by: ")
        isempty(trace) ? Base.showerror(limited, exception) : Base.showerror(limited, exception, trace)
    end
    any(((_, trace),) -> is_in_cell(trace, string(place.file)), stack) || print(io, "\nin expression starting at ", place.file, ':', place.line)
    println(io)
end

# The error's name. The user's own `showerror` may fail as well.
function report_error(@nospecialize(exception), place)
    stack = exceptions()
    kind = string(nameof(typeof(exception)))
    buffer = IOBuffer()
    try
        Base.invokelatest(show_error, buffer, stack, place)
    catch
        println(buffer, "\n", kind, " (which could not be shown)")
    end
    try write(stderr, take!(buffer)) catch; end
    return kind
end
