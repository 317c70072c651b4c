# Starts the session as the REPL starts its own, and serves the daemon's requests.

function open_session()
    Core.eval(Base, :(PROGRAM_FILE = ""))
    delete!(task_local_storage(), :SOURCE_PATH)
    Base.load_InteractiveUtils()
    replace_exit()
    pushdisplay(Screen())
    replace_task()
    open_signals()
    send("ready", string("Julia ", VERSION))
end

function run(request)
    put!(session.cells, request)
    code, kind = take!(session.outcomes)
    session.task.state === :runnable && session.is_running || return finish(request, code, kind)
    # It has left by `exit()`, and waits for ever.
    session.is_running = false
    call(:krunner_leave)
    replace_task()
    finish(request, code, kind)
end

function finish(request, code, kind)
    Libc.flush_cstdio()
    send(string("done ", request.fields[1], ' ', code), kind)
end

function answer_with(look, header, request)
    lines = try look(request.text, parse(Int, request.fields[2])) catch; String[] end
    call(:krunner_leave)
    send(string(header, ' ', request.fields[1]), join(lines, '\n'))
end

function serve_next()
    wait_for_request()
    call(:krunner_wait)
    request = read_request()
    request === nothing && ccall(:jl_exit, Union{}, (Int32,), 0)
    request.type == "run" && run(request)
    request.type == "complete" && answer_with(complete, "matches", request)
    request.type == "inspect" && answer_with(inspect, "doc", request)
end

function serve()
    while true
        try
            serve_next()
        catch exception
            exception isa InterruptException || rethrow()
        end
    end
end
