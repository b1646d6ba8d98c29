//! Words to copy.

/// The words of a text, again and again.
pub fn words() -> impl Iterator<Item = &'static str> {
    TEXT.split_whitespace().cycle()
}

/// 95 words, of 4.2 bytes on average.
pub const TEXT: &str = "\
An arena is a piece of memory that is handed out from one end to the other. Whoever asks for \
some bytes gets those behind the last ones, and a cursor moves on. Nothing is given back on its \
own: when the work is done, the cursor goes back to the beginning, and all of it is free at \
once. That makes both ends cheap, taking and giving back, as long as everything lives equally \
long. Compilers keep syntax trees like this, servers what belongs to one request, and games \
what belongs to one frame.";
