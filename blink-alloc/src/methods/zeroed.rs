//! Putting zeroes in.

use allocator_api2::alloc::AllocError;
use zerocopy::FromZeros;

use crate::{
    error::{Panics, Returns, infallible},
    holds::Holds,
    methods::both,
};

/// The methods, for [`both`].
macro_rules! zeroed {
    ($a:lifetime, $setup:literal, $refusing:literal) => {
        /// A value whose bytes are zero, written in its place. It is dropped at the end, as what is
        /// [`put`](Self::put) is. Needs feature `zerocopy`.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let table = blink.zeroed::<[[u16; 512]; 512]>();
        /// table[3][4] = 5;
        /// assert_eq!(table.as_flattened().iter().sum::<u16>(), 5);
        /// ```
        pub fn zeroed<T>(&self) -> &$a mut T
        where
            T: FromZeros + 'static,
            M: Holds<T>,
        {
            infallible(self.home().zeroed_value::<T, Panics>())
        }

        /// [`zeroed`](Self::zeroed), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had.
        pub fn try_zeroed<T>(&self) -> Result<&$a mut T, AllocError>
        where
            T: FromZeros + 'static,
            M: Holds<T>,
        {
            let value = self.home().zeroed_value::<T, Returns>();
            value.map_err(|()| AllocError)
        }

        /// A slice of `count` items whose bytes are zero, see [`zeroed`](Self::zeroed).
        ///
        /// # Panics
        ///
        /// When so many items have no layout.
        ///
        /// # Examples
        ///
        /// ```
        #[doc = $setup]
        /// let counts = blink.zeroed_slice::<u32>(256);
        /// for byte in "to be or not to be".bytes() {
        ///     counts[byte as usize] += 1;
        /// }
        /// assert_eq!(counts[b'o' as usize], 4);
        /// ```
        pub fn zeroed_slice<T>(&self, count: usize) -> &$a mut [T]
        where
            T: FromZeros + 'static,
            M: Holds<T>,
        {
            infallible(self.home().zeroed::<T, Panics>(count))
        }

        /// [`zeroed_slice`](Self::zeroed_slice), but returns an error where memory cannot be had.
        ///
        /// # Errors
        ///
        /// When memory cannot be had, or so many items have no layout.
        pub fn try_zeroed_slice<T>(&self, count: usize) -> Result<&$a mut [T], AllocError>
        where
            T: FromZeros + 'static,
            M: Holds<T>,
        {
            let items = self.home().zeroed::<T, Returns>(count);
            items.map_err(|()| AllocError)
        }
    };
}

both!(zeroed);
