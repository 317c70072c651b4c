# What the library beside us offers; without it, functions that do nothing, and Julia's own way with interrupts.

const Libdl = standard_library("8f399da3-3557-5675-b5ff-fb832c97cbdb", "Libdl")
const ADDRESSES = Dict{Symbol,Ptr{Cvoid}}()

call(name::Symbol) = (address = ADDRESSES[name]; address == C_NULL ? Cint(0) : ccall(address, Cint, ()))

# Raises interrupts in the task of the cells. It may wait anywhere, or be about to go on.
function watch_interrupts(interrupts::Base.AsyncCondition)
    while true
        try
            wait(interrupts)
            session.is_running || continue
            call(:krunner_heard)
            schedule(session.task, InterruptException(); error = true)
        catch error
            error isa InterruptException || rethrow()
        end
    end
end

function open_signals()
    Base.exit_on_sigint(false)
    # Only as it was preloaded it stands before the system's own functions.
    library = try Libdl.dlopen(LIBRARY, Libdl.RTLD_LAZY | Libdl.RTLD_NOLOAD) catch; C_NULL end
    for name in (:krunner_start, :krunner_julia, :krunner_wait, :krunner_enter, :krunner_leave, :krunner_heard)
        ADDRESSES[name] = library == C_NULL ? C_NULL : Libdl.dlsym(library, name)
    end
    call(:krunner_start)
    library == C_NULL && return
    interrupts = Base.AsyncCondition()
    ccall(ADDRESSES[:krunner_julia], Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), cglobal(:uv_async_send), interrupts.handle, cglobal(:jl_signal_pending))
    schedule(Task(() -> watch_interrupts(interrupts)))
end
