/// A thread's variable is the one of the first library that defines it, as other statics are.
struct __Local<T: 'static>(fn() -> &'static ::std::thread::LocalKey<T>);
impl<T: 'static> ::std::ops::Deref for __Local<T> {
    type Target = ::std::thread::LocalKey<T>;
    fn deref(&self) -> &::std::thread::LocalKey<T> {
        (self.0)()
    }
}
macro_rules! thread_local {
    () => {};
    ($(#[$about:meta])* $visible:vis static $name:ident: $kind:ty = const $first:block) => {
        thread_local! { $(#[$about])* $visible static $name: $kind = $first }
    };
    ($(#[$about:meta])* $visible:vis static $name:ident: $kind:ty = const $first:block; $($rest:tt)*) => {
        thread_local! { $(#[$about])* $visible static $name: $kind = $first }
        thread_local! { $($rest)* }
    };
    ($(#[$about:meta])* $visible:vis static $name:ident: $kind:ty = $first:expr; $($rest:tt)*) => {
        thread_local! { $(#[$about])* $visible static $name: $kind = $first }
        thread_local! { $($rest)* }
    };
    ($(#[$about:meta])* $visible:vis static $name:ident: $kind:ty = $first:expr) => {
        $(#[$about])*
        $visible static $name: $crate::__Local<$kind> = {
            ::std::thread_local! { static KEY: $kind = $first }
            fn key() -> &'static ::std::thread::LocalKey<$kind> {
                &KEY
            }
            $crate::__Local(key)
        };
    };
}
