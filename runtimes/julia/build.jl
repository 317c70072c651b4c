# Fetches what the project in the working folder depends on, unless all of that is there: Pkg asks the network first.
let wanted = String[], in_dependencies = false
    for line in eachline(Base.active_project())
        header = match(r"^\s*\[\s*([^\]]*?)\s*\]", line)
        header === nothing || (in_dependencies = header[1] == "deps")
        name = match(r"^\s*([\w]+)\s*=", line)
        in_dependencies && name !== nothing && push!(wanted, name[1])
    end
    if any(name -> Base.find_package(name) === nothing, wanted)
        Pkg = Base.require(Base.PkgId(Base.UUID("44cfe95a-1eb2-52ea-b672-e2afdf69b78f"), "Pkg"))
        Base.invokelatest(Pkg.instantiate)
    end
end
