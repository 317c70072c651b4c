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
        $visible static $name: $crate::__krunner::__Local<$kind> = {
            ::std::thread_local! { static KEY: $kind = $first }
            fn key() -> &'static ::std::thread::LocalKey<$kind> {
                &KEY
            }
            $crate::__krunner::__Local(key)
        };
    };
}
