# What the library beside us offers; without it, functions that do nothing, and Julia's own way with interrupts.

const Libdl = standard_library("8f399da3-3557-5675-b5ff-fb832c97cbdb", "Libdl")
const ADDRESSES = Dict{Symbol,Ptr{Cvoid}}()

call(name::Symbol) = (address = ADDRESSES[name]; address == C_NULL ? Cint(0) : ccall(address, Cint, ()))

# An interrupt that Julia insists on comes to whatever task is running. It waits until `body` is through, and is nobody's then.
function without_interrupts(body)
    Base.sigatomic_begin()
    result = body()
    try
        Base.sigatomic_end()
    catch
    end
    return result
end

# The task of the cells may wait anywhere, or be about to go on.
function raise_in_cell()
    call(:krunner_heard)
    session.is_running && schedule(session.task, InterruptException(); error = true)
end

# Ours wait here: an interrupt that comes to them is the cell's.
function wait_for(body)
    while true
        try
            return body()
        catch error
            error isa InterruptException || rethrow()
            without_interrupts(raise_in_cell)
        end
    end
end

function watch_interrupts(interrupts::Base.AsyncCondition)
    while true
        wait_for(() -> wait(interrupts))
        without_interrupts(raise_in_cell)
    end
end

function open_signals()
    Base.exit_on_sigint(false)
    # Only as it was preloaded it stands before the system's own functions.
    library = try Libdl.dlopen(LIBRARY, Libdl.RTLD_LAZY | Libdl.RTLD_NOLOAD) catch; C_NULL end
    for name in (:krunner_start, :krunner_julia, :krunner_readable, :krunner_wait, :krunner_enter, :krunner_leave, :krunner_heard)
        ADDRESSES[name] = library == C_NULL ? C_NULL : Libdl.dlsym(library, name)
    end
    call(:krunner_start)
    library == C_NULL || connect_library()
end

function connect_library()
    interrupts = Base.AsyncCondition()
    requests[1] = Base.AsyncCondition()
    ccall(ADDRESSES[:krunner_julia], Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}),
        cglobal(:uv_async_send), interrupts.handle, requests[1].handle, cglobal(:uv_poll_stop), cglobal(:jl_signal_pending))
    poll[1] = Libc.calloc(1, ccall(:uv_handle_size, Csize_t, (Cint,), UV_POLL))
    ccall(:uv_poll_init, Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Cint), Base.eventloop(), poll[1], REQUESTS)
    schedule(Task(() -> watch_interrupts(interrupts)))
end

# -- Requests --

const UV_POLL = 8
const UV_READABLE = 1
const requests = Any[nothing]
const poll = Ptr{Cvoid}[C_NULL]

# Waits in the event loop: other tasks go on. Julia's own `poll_fd` does the same, and takes longer to compile than all of ours.
function wait_for_request()
    poll[1] == C_NULL && return Base.invokelatest(poll_request)
    ccall(:uv_poll_start, Cint, (Ptr{Cvoid}, Cint, Ptr{Cvoid}), poll[1], UV_READABLE, ADDRESSES[:krunner_readable])
    wait(requests[1]::Base.AsyncCondition)
end

poll_request() = standard_library("7b1f6079-737a-58dc-b8bc-7a2ca5c1b5ee", "FileWatching").poll_fd(RawFD(REQUESTS); readable = true)
