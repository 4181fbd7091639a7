#!/bin/sh
# Starts Katydid on the first JDK 25 or newer it finds, without starting a JVM to look.
# KATYDID_JAVA_HOME names one; KATYDID_JAVA_OPTS adds JVM flags.

link=$0
while [ -L "$link" ]; do
    to=$(readlink "$link")
    case $to in
        /*) link=$to ;;
        *) link=$(dirname "$link")/$to ;;
    esac
done
home=$(CDPATH= cd -- "$(dirname -- "$link")/.." && pwd -P) || exit 3

# Takes a folder when it holds a JDK (the compiler is needed for scripts) of 25 or newer.
take() {
    [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    version= modules= runtime=
    while IFS='=' read -r key value; do
        case $key in
            JAVA_VERSION) version=${value#\"}; version=${version%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION) runtime=$value ;;
            MODULES) modules=$value ;;
        esac
    done < "$1/release"
    [ "${version:-0}" -ge 25 ] || return 1
    case $modules in *jdk.compiler*) ;; *) return 1 ;; esac
    java_home=$1
}

look() {
    take "$home/runtime" && return
    take "$KATYDID_JAVA_HOME" && return
    take "$JAVA_HOME" && return
    on_path=$(command -v java 2>/dev/null)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        take "$(dirname -- "$(dirname -- "$on_path")")" && return
    fi
    for candidate in /usr/lib/jvm/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        take "$candidate" && return
    done
    return 1
}

if ! look; then
    echo "katydid: no JDK 25 or newer was found (looked in KATYDID_JAVA_HOME, JAVA_HOME, PATH and the usual folders). Install one, or set KATYDID_JAVA_HOME." >&2
    exit 3
fi

# The cache that 'katydid warm-up' makes fits one build of Katydid and one build of the JVM.
aot=${KATYDID_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/katydid}/aot/@BUILD@-$(echo "$runtime$home" | tr -c 'A-Za-z0-9\n' _).aot
with_aot=
[ -f "$aot" ] && with_aot=-XX:AOTCache=$aot

# Says how many users the command line, or else the environment, asks for; nothing when neither does.
users_asked() {
    count=$LOCUST_USERS before=
    for word in "$@"; do
        case $before in -u | --users) count=$word ;; esac
        case $word in
            -u[0-9]*) count=${word#-u} ;;
            --users=*) count=${word#*=} ;;
        esac
        before=$word
    done
    case $count in *[!0-9]*) ;; *) echo "$count" ;; esac
}

# For few users, one thread that collects garbage needs least memory. The stacks of many users live longer than its young generation, which then copies them,
# and has them made anew, all the time; and it would stop many cores for the work of one. docs/engine.md has the figures.
choose_collector() {
    for flag in $KATYDID_JAVA_OPTS; do
        case $flag in -XX:+Use*GC) return ;; esac
    done
    users=$(users_asked "$@")
    if [ "${users:-1000000}" -le 10000 ] 2>/dev/null && [ "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)" -le 4 ]; then
        collector="-XX:+UseSerialGC -Xms32m"
    else
        collector="-XX:+UseG1GC -Xms64m"
    fi
}
collector=
choose_collector "$@"

lib=$home/lib
class_path=@CLASS_PATH_SH@

# shellcheck disable=SC2086 # flags are words
exec "$java_home/bin/java" @FLAGS@ $collector ${with_aot:+"$with_aot"} $KATYDID_JAVA_OPTS \
    "-Dkatydid.home=$home" "-Dkatydid.aot=$aot" -cp "$class_path" io.katydid.launcher.Main "$@"
