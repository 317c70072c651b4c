// Where values are kept between cells, and how they are shown.
pub fn __take<T>(number: isize, slots: *mut *mut u8) -> T {
    unsafe {
        let value = *slots.offset(number) as *mut T;
        *slots.offset(number) = 0 as *mut u8;
        *Box::from_raw(value)
    }
}
#[inline(never)]
pub fn __put<T: 'static>(number: isize, slots: *mut *mut u8, value: &mut Option<T>) {
    unsafe { *slots.offset(number) = Box::into_raw(Box::new(value.take().unwrap())) as *mut u8 }
}
/// A variable that another of its name has taken the place of.
pub fn __replace<T>(number: isize, slots: *mut *mut u8, newer: isize) {
    unsafe {
        if !(*slots.offset(newer)).is_null() && !(*slots.offset(number)).is_null() {
            drop(__take::<T>(number, slots))
        }
    }
}
pub fn __some<T>(value: T) -> Option<T> {
    Some(value)
}
pub fn __ok<T, E>(value: T) -> Result<T, E> {
    Ok(value)
}
/// Status 1 where it panics.
pub fn __run<R, F: FnOnce() -> R>(status: &::std::cell::Cell<i32>, segment: F) -> Option<R> {
    match ::std::panic::catch_unwind(::std::panic::AssertUnwindSafe(segment)) {
        Ok(value) => Some(value),
        Err(_) => {
            status.set(1);
            None
        }
    }
}
/// Status 1 where a `?` ends it.
pub fn __try<R, E: ::std::fmt::Debug, F: FnOnce() -> Result<R, E>>(status: &::std::cell::Cell<i32>, segment: F) -> Option<R> {
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
pub trait __End {
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
pub struct __Shown<'a, T: 'a + ?Sized>(pub &'a T);
pub trait __ByDebug {
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
pub trait __ByType {
    fn __show(&self);
}
impl<'a, 'b, T: ?Sized> __ByType for &'b __Shown<'a, T> {
    fn __show(&self) {
        println!("{}", __type_of(self.0));
    }
}
/// A thread's variable is the one of the first library that defines it, as other statics are.
pub struct __Local<T: 'static>(pub fn() -> &'static ::std::thread::LocalKey<T>);
impl<T: 'static> ::std::ops::Deref for __Local<T> {
    type Target = ::std::thread::LocalKey<T>;
    fn deref(&self) -> &::std::thread::LocalKey<T> {
        (self.0)()
    }
}
