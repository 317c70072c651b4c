#=
Keeps a user's Julia session: Julia 1.0 and later, with nothing but what Julia brings.

Cells run in the module Main, statement by statement, as the REPL's do: so everything persists by itself. They run in one task,
whose storage and random numbers are theirs alone (`cells.jl`). `exit()` leaves that task where it is, for good, and
another takes its place: so no `catch` and no `finally` sees it, as in Julia, and the context stays (`exits.jl`).

An interrupt is raised in the task of the cells, wherever that waits, and not in whatever task comes next; a library of ours
sees to it, and closes fd 3 and 4 to programs that the user starts (`signals.jl`, `native/driver-julia.c`). The root
task waits for requests in Julia's event loop, so that other tasks go on between cells.

All this is in a module that no name leads to. `docs/adding-a-language.md` has the protocol.
=#
try
    let driver = Module(:KrunnerDriver)
        Core.eval(driver, :(const FOLDER = $(@__DIR__)))
        Core.eval(driver, :(const LIBRARY = $(popfirst!(ARGS))))
        # Our own code runs once or twice a cell: compiling it well takes longer than it ever runs.
        isdefined(Base, :Experimental) && isdefined(Base.Experimental, Symbol("@optlevel")) && Core.eval(driver, :(Base.Experimental.@optlevel 0))
        for part in ("channel", "signals", "exits", "questions", "stdin", "errors", "displays", "modes", "cells", "names", "warming", "session")
            Base.include(driver, joinpath(@__DIR__, part * ".jl"))
        end
        Base.invokelatest(driver.open_session)
        Base.invokelatest(driver.warm_up)
        Base.invokelatest(driver.serve)
    end
catch error
    # Julia would go on with a REPL of its own.
    showerror(stderr, error, catch_backtrace())
    ccall(:jl_exit, Union{}, (Int32,), 1)
end
