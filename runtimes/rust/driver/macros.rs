/// Output is seen while it is printed, also before the line's end.
macro_rules! print {
    ($($words:tt)*) => {{
        ::std::io::Write::write_fmt(&mut ::std::io::stdout(), format_args!($($words)*)).expect("failed printing to stdout");
        let _ = ::std::io::Write::flush(&mut ::std::io::stdout());
    }};
}
macro_rules! dbg {
    ($value:expr) => {
        match $value {
            value => {
                let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("[{}] {} = {:#?}\n", $crate::__krunner::__place(file!(), line!(), column!()), stringify!($value), &value));
                value
            }
        }
    };
    ($value:expr,) => { dbg!($value) };
    ($($value:expr),+) => { ($(dbg!($value)),+,) };
    () => {{ let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("[{}]\n", $crate::__krunner::__place(file!(), line!(), column!()))); }};
}
