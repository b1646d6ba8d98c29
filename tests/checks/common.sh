# What the checks share. Sourced, from the root of the repository.
#
# A check ends with 0 when it passed, with 77 when its tool cannot be had here, and with
# anything else when it failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# No tool may fetch a compiler behind our back.
export RUSTUP_DIST_SERVER=file:///nonexistent RUSTUP_UPDATE_ROOT=file:///nonexistent
export CARGO_TERM_COLOR=never

host=x86_64-unknown-linux-gnu

skip() {
    echo "SKIPPED: $*"
    exit 77
}

# `unstable ARGS..`: cargo with unstable features, by a nightly or by a stable compiler that
# is told to pretend.
unstable() {
    if rustup toolchain list 2>/dev/null | grep -q nightly; then
        cargo +nightly "$@"
    else
        RUSTC_BOOTSTRAP=1 cargo "$@"
    fi
}

# `debian_rust VERSION DIR`: unpacks Debian's Rust of that version into DIR and sets RUSTC,
# RUSTDOC and LD_LIBRARY_PATH for it. Needs no root where package lists are there already.
debian_rust() {
    local version=$1 dir=$PWD/$2
    if [ ! -x "$dir/root/usr/bin/rustc" ]; then
        command -v apt-get >/dev/null || skip "no apt-get for Rust $version"
        [ "$(id -u)" != 0 ] || apt-get update -qq >/dev/null 2>&1 || true
        mkdir -p "$dir/packages"
        (
            cd "$dir/packages"
            exact=$(apt-cache madison rustc-web 2>/dev/null | awk -v v="$version" '$3 ~ "^" v {print $3; exit}')
            [ -n "$exact" ] || exit 1
            llvm=$(apt-cache depends "libstd-rust-web-$version" | grep -o "libllvm[0-9]*" | head -n 1)
            apt-get download -qq "rustc-web=$exact" "libstd-rust-web-dev=$exact" \
                "libstd-rust-web-$version=$exact" "$llvm" >/dev/null 2>&1 || exit 1
            apt-get download -qq "rust-web-src=$exact" >/dev/null 2>&1 || true
        ) || skip "Debian's Rust $version cannot be had"
        for package in "$dir"/packages/*.deb; do dpkg -x "$package" "$dir/root"; done
    fi
    export LD_LIBRARY_PATH=$dir/root/usr/lib/x86_64-linux-gnu
    export RUSTC=$dir/root/usr/bin/rustc RUSTDOC=$dir/root/usr/bin/rustdoc
    "$RUSTC" --version >/dev/null || skip "Debian's Rust $version does not run here"
}

# cargo itself: with RUSTC set, the rustup proxy would choose a compiler of its own.
plain_cargo() {
    "$(rustup which cargo 2>/dev/null || command -v cargo)" "$@"
}
