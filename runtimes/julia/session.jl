# Starts the session as the REPL starts its own, and serves the daemon's requests.

function open_session()
    Core.eval(Base, :(PROGRAM_FILE = ""))
    delete!(task_local_storage(), :SOURCE_PATH)
    Base.load_InteractiveUtils()
    replace_exit()
    pushdisplay(Screen())
    replace_getpass()
    schedule(session.task)
    open_signals()
    send("ready", string("Julia ", VERSION))
end

function run(request)
    put!(session.cells, request)
    code, kind = wait_for(() -> take!(session.outcomes))
    # It has left by `exit()`, and waits for ever.
    session.is_running && Base.invokelatest(replace_task)
    Libc.flush_cstdio()
    send(string("done ", request.fields[1], ' ', code), kind)
end

function answer_with(look, header, request)
    lines = try look(request.text, parse(Int, request.fields[2])) catch; String[] end
    call(:krunner_leave)
    send(string(header, ' ', request.fields[1]), join(lines, '\n'))
end

# Julia's own exit closes all files, and waits for ever for one whose reader was interrupted: that has not let go of it.
function close_session()
    applicable(Base._atexit, 0) ? Base._atexit(0) : Base._atexit()
    Libc.flush_cstdio()
    ccall(:_exit, Union{}, (Cint,), 0)
end

function serve_next()
    wait_for_request()
    call(:krunner_wait)
    request = read_request()
    request === nothing && Base.invokelatest(close_session)
    request.type == "run" && return run(request)
    # Compiled when it is first needed.
    request.type == "complete" && Base.invokelatest(answer_with, complete, "matches", request)
    request.type == "inspect" && Base.invokelatest(answer_with, inspect, "doc", request)
    return
end

function serve()
    while true
        wait_for(serve_next)
    end
end
