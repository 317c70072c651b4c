# Julia's event loop goes on watching stdin when nobody reads it any more, until something comes: the daemon would take any wait
# in the loop for a question. So we end that watch. Loaded before programs, too, so it leaves no names.
Core.eval(Base, quote
    function stop_reading(stream::PipeEndpoint)
        stopped = invoke(stop_reading, Tuple{LibuvStream}, stream)
        stream === stdin || return stopped
        loop, EPOLL_CTL_DEL = ccall(:uv_backend_fd, Cint, (Ptr{Cvoid},), eventloop()), 2
        ccall(:epoll_ctl, Cint, (Cint, Cint, RawFD, Ptr{Cvoid}), loop, EPOLL_CTL_DEL, _fd(stream), C_NULL)
        return stopped
    end
end)
