/// Shows a panic with its place in the cell. Set once, so that the user can set another.
pub fn __show_panics() {
    static HOOK: ::std::sync::Once = ::std::sync::ONCE_INIT;
    HOOK.call_once(|| {
        FIRST
        ::std::panic::set_hook(Box::new(move |info| {
            let message = match info.payload().downcast_ref::<&'static str>() {
                Some(text) => text.to_string(),
                None => info.payload().downcast_ref::<String>().map_or("Box<Any>".to_string(), |text| text.to_string()),
            };
            let place = info.location().map_or(String::new(), |place| format!(" at {}", __place(place.file(), place.line(), COLUMN)));
            let thread = ::std::thread::current();
            let name = thread.name().unwrap_or(UNNAMED);
            let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("thread '{}' panicked{}:\n{}\n", name, place, message));
        }))
    });
}
