//! Where a copy goes is decided in the library: what is put lives as long as it says.

use blink_alloc::{CloneError, Cloner};

struct Mine;

impl<'blink> Cloner<'blink> for Mine {
    type Error = CloneError;

    fn put<T>(&mut self, value: T) -> Result<&'blink mut T, CloneError> {
        Ok(Box::leak(Box::new(value)))
    }

    fn put_with<T>(
        &mut self,
        make: impl FnOnce(&mut Self) -> Result<T, CloneError>,
    ) -> Result<&'blink mut T, CloneError> {
        Ok(Box::leak(Box::new(make(self)?)))
    }

    fn put_drop<T: 'static + Send>(&mut self, value: T) -> Result<&'blink mut T, CloneError> {
        Ok(Box::leak(Box::new(value)))
    }

    fn copy_slice<T: Copy>(&mut self, slice: &[T]) -> Result<&'blink mut [T], CloneError> {
        Ok(slice.to_vec().leak())
    }

    fn slice_with<I, T>(
        &mut self,
        items: I,
        mut make: impl FnMut(&mut Self, I::Item) -> Result<T, CloneError>,
    ) -> Result<&'blink mut [T], CloneError>
    where
        I: IntoIterator<IntoIter: ExactSizeIterator>,
    {
        let items: Result<Vec<T>, _> = items.into_iter().map(|item| make(self, item)).collect();
        Ok(items?.leak())
    }

    fn str(&mut self, string: &str) -> Result<&'blink mut str, CloneError> {
        Ok(string.to_string().leak())
    }

    fn fail(&mut self, error: CloneError) -> CloneError {
        error
    }
}

fn main() {}
