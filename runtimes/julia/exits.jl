# `exit()` ends the cell, not the session.

# The task that runs cells, and what it is told and tells. An outcome is a code and an error's name.
mutable struct Session
    task::Task
    is_running::Bool
    # Of any type, as these are compiled in Julia's own image.
    cells::Channel{Any}
    outcomes::Channel{Any}
end

const session = Session(Task(() -> run_cells()), false, Channel{Any}(1), Channel{Any}(1))
const OWNER = getpid()

# What the cell's task holds of the streams would be held for ever.
function release(stream)
    try
        while true unlock(stream) end
    catch
    end
end

function leave_cell(code)
    (session.is_running && getpid() == OWNER) || ccall(:jl_exit, Union{}, (Int32,), code)
    release(stdout)
    release(stderr)
    put!(session.outcomes, (Int(code) & 0xff, ""))
    while true wait() end
end

# The task that follows has the same storage, and goes on with the same random numbers.
function replace_task()
    session.is_running = false
    call(:krunner_leave)
    left = session.task
    task = session.task = Task(run_cells)
    for name in fieldnames(Task)
        (name === :storage || startswith(String(name), "rngState")) && setfield!(task, name, getfield(left, name))
    end
    schedule(task)
end

replace_exit() = Core.eval(Base, :(exit(code) = $leave_cell(code)))
