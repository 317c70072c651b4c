//! What is there before each cell: where values are kept between cells, and how they are shown.
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
                let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("[{}] {} = {:#?}\n", $crate::__place(file!(), line!(), column!()), stringify!($value), &value));
                value
            }
        }
    };
    ($value:expr,) => { dbg!($value) };
    ($($value:expr),+) => { ($(dbg!($value)),+,) };
    () => {{ let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("[{}]\n", $crate::__place(file!(), line!(), column!()))); }};
}
fn __take<T>(number: isize, slots: *mut *mut u8) -> T {
    unsafe {
        let value = *slots.offset(number) as *mut T;
        *slots.offset(number) = 0 as *mut u8;
        *Box::from_raw(value)
    }
}
#[inline(never)]
fn __put<T: 'static>(number: isize, slots: *mut *mut u8, value: &mut Option<T>) {
    unsafe { *slots.offset(number) = Box::into_raw(Box::new(value.take().unwrap())) as *mut u8 }
}
/// A variable that another of its name has taken the place of.
fn __replace<T>(number: isize, slots: *mut *mut u8, newer: isize) {
    unsafe {
        if !(*slots.offset(newer)).is_null() && !(*slots.offset(number)).is_null() {
            drop(__take::<T>(number, slots))
        }
    }
}
/// Status 1 where it panics.
fn __run<R, F: FnOnce() -> R>(status: &::std::cell::Cell<i32>, segment: F) -> Option<R> {
    match ::std::panic::catch_unwind(::std::panic::AssertUnwindSafe(segment)) {
        Ok(value) => Some(value),
        Err(_) => {
            status.set(1);
            None
        }
    }
}
/// Status 1 where a `?` ends it.
fn __try<R, E: ::std::fmt::Debug, F: FnOnce() -> Result<R, E>>(status: &::std::cell::Cell<i32>, segment: F) -> Option<R> {
    match __run(status, segment) {
        Some(Ok(value)) => Some(value),
        Some(Err(error)) => {
            let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("Error: {:?}\n", error));
            status.set(1);
            None
        }
        None => None,
    }
}
trait __End {
    fn __end(self) -> bool;
}
impl __End for () {
    fn __end(self) -> bool {
        true
    }
}
impl<E: ::std::fmt::Debug> __End for Result<(), E> {
    fn __end(self) -> bool {
        if let Err(ref error) = self {
            let _ = ::std::io::Write::write_fmt(&mut ::std::io::stderr(), format_args!("Error: {:?}\n", error));
        }
        self.is_ok()
    }
}
struct __Shown<'a, T: 'a + ?Sized>(&'a T);
trait __ByDebug {
    fn __show(&self);
}
impl<'a, T: ::std::fmt::Debug + ?Sized> __ByDebug for __Shown<'a, T> {
    fn __show(&self) {
        let text = format!("{:?}", self.0);
        if text != "()" {
            println!("{}", text);
        }
    }
}
trait __ByType {
    fn __show(&self);
}
impl<'a, 'b, T: ?Sized> __ByType for &'b __Shown<'a, T> {
    fn __show(&self) {
        println!("{}", __type_of(self.0));
    }
}
