# Julia only pauses the reading of stdin: its event loop goes on until something comes. The daemon would take any wait in the loop for
# a question, and what is meant for a child would be Julia's. So we end it. Loaded before programs, too: it leaves no names.
isdefined(Base, :StatusPaused) && Core.eval(Base, quote
    function stop_reading(stream::PipeEndpoint)
        invoke(stop_reading, Tuple{LibuvStream}, stream)
        stream === stdin && stream.status == StatusPaused || return
        ccall(:uv_read_stop, Cint, (Ptr{Cvoid},), stream)
        stream.status = StatusOpen
        loop, EPOLL_CTL_DEL = ccall(:uv_backend_fd, Cint, (Ptr{Cvoid},), eventloop()), 2
        ccall(:epoll_ctl, Cint, (Cint, Cint, RawFD, Ptr{Cvoid}), loop, EPOLL_CTL_DEL, _fd(stream), C_NULL)
        return
    end
end)
