#!/usr/bin/env bash
# Builds what people install, and uses each: a Python wheel in a fresh environment, a Debian package installed and removed, and one
# binary that needs no library, run where there is none. They are left in target/packages.
#
# `bash tests/packages.sh [wheel] [deb] [static]`; all three without a name. Needs Rust and Python; what it installs beside goes to
# target/packages too. `deb` needs Debian, and root to install.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/target/packages
mkdir -p "$out"

page=fixtures/en-ticker-values-below

# The command, run in front of its arguments, cleans a page as it should.
tried() {
  "$@" "$page/page.txt" | cmp - "$page/expected.txt"
  "$@" --version
}

wheel() {
  test -x "$out/maturin/bin/maturin" || {
    python3 -m venv "$out/maturin"
    "$out/maturin/bin/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2'
  }
  rm -f "$out"/*.whl
  "$out/maturin/bin/maturin" build --release --locked --out "$out"
  rm -rf "$out/fresh"
  python3 -m venv "$out/fresh"
  "$out/fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$out"/newsclean-*.whl
  tried "$out/fresh/bin/newsclean"
  "$out/fresh/bin/pip" uninstall --quiet --yes newsclean
  test ! -e "$out/fresh/bin/newsclean"
}

deb() {
  local cargo_deb
  cargo_deb=$(command -v cargo-deb || true)
  test -n "$cargo_deb" || {
    cargo install --quiet --locked --root "$out" cargo-deb
    cargo_deb=$out/bin/cargo-deb
  }
  cargo build --release --locked
  target/release/newsclean man >"$out/newsclean.1"
  target/release/newsclean completions bash >"$out/newsclean.bash"
  target/release/newsclean completions zsh >"$out/_newsclean"
  target/release/newsclean completions fish >"$out/newsclean.fish"
  rm -f "$out"/*.deb
  PATH=$(dirname "$cargo_deb"):$PATH cargo deb --no-build --output "$out"
  dpkg --contents "$out"/*.deb
  test "$(id -u)" = 0 || { echo 'not root: the package is not installed'; return; }
  dpkg --install "$out"/*.deb
  tried /usr/bin/newsclean
  test -e /usr/share/bash-completion/completions/newsclean
  zcat /usr/share/man/man1/newsclean.1.gz | cmp - "$out/newsclean.1"
  dpkg --remove newsclean
  test ! -e /usr/bin/newsclean
}

# Rust's target for musl where it is there (rustup target add x86_64-unknown-linux-musl), else the C library of the system, linked in.
static() {
  local target
  target=$(rustc -vV | sed -n 's/^host: //p')
  local musl=${target/-gnu/-musl}
  if [ -d "$(rustc --print sysroot)/lib/rustlib/$musl" ]; then target=$musl; fi
  RUSTFLAGS='-C target-feature=+crt-static' cargo build --release --locked --target "$target"
  cp "target/$target/release/newsclean" "$out/newsclean"
  ldd "$out/newsclean" 2>&1 | grep -Eq 'statically linked|not a dynamic executable'
  tried "$out/newsclean"
  test "$(id -u)" = 0 || return 0
  rm -rf "$out/root"
  mkdir -p "$out/root/$page"
  cp "$out/newsclean" "$out/root/"
  cp "$page/page.txt" "$out/root/$page/"
  tried chroot "$out/root" /newsclean
}

for package in "${@:-wheel deb static}"; do
  for name in $package; do
    printf '\n== %s\n' "$name"
    "$name"
  done
done
ls -l "$out"/*.whl "$out"/*.deb "$out"/newsclean 2>/dev/null || true
