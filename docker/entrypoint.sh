#!/bin/sh
# What the image starts: Weir with the arguments of the container. POSIX sh, and flock of util-linux.
set -eu

# Replaces WEIR_STATE_DIR, the volume, by the first numbered folder in it that no other container uses, so that the
# replicas of `docker compose up --scale weir=3` share one volume, and each finds its stores again after a restart. The
# lock is on file descriptor 9, which the JVM inherits: it lasts as long as the JVM, however that ends.
claim_state_folder() {
  slot=1
  while [ "$slot" -le 100 ]; do
    mkdir -p "$WEIR_STATE_DIR/$slot"
    exec 9>"$WEIR_STATE_DIR/$slot/in-use"
    if flock -n 9; then
      WEIR_STATE_DIR=$WEIR_STATE_DIR/$slot
      export WEIR_STATE_DIR
      return
    fi
    slot=$((slot + 1))
  done
  echo "weir: no folder in $WEIR_STATE_DIR could be locked; is it on a file system with locks?" >&2
  exit 1
}

if [ "${1:-}" = run ]; then
  claim_state_folder
fi

# Half of the container's memory is heap: RocksDB, the network buffers and the JVM itself need the rest.
# shellcheck disable=SC2086 # several options in one variable
exec java -XX:MaxRAMPercentage=50 -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 \
  ${WEIR_JAVA_OPTS:-} -cp /opt/weir/weir.jar io.weir.app.Main "$@"
