# Sourced: finds a JDK of release 25 or later and exports JAVA_HOME; says in one line what is missing.

jdk_release() { # prints the major release of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  local home release on_path
  on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* /opt/java/* /opt/jdk*; do
    [ -n "$home" ] || continue
    release=$(jdk_release "$home") || continue
    if [ -n "$release" ] && [ "$release" -ge 25 ]; then
      export JAVA_HOME=$home
      return 0
    fi
  done
  echo "dolim: no JDK 25 or later found in JAVA_HOME, on PATH or under /usr/lib/jvm; install one, for example Temurin 25" >&2
  return 1
}
