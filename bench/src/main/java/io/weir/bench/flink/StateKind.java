package io.weir.bench.flink;

/** Where Flink keeps its state. */
public enum StateKind {
    /** Objects on the heap, written whole with every checkpoint. */
    HEAP("heap", "hashmap", "state on the heap"),
    /** Bytes in RocksDB; a checkpoint takes what is new. */
    ROCKSDB("rocksdb", "rocksdb", "state in RocksDB with incremental checkpoints");

    private final String label;
    private final String backend;
    private final String description;

    StateKind(String label, String backend, String description) {
        this.label = label;
        this.backend = backend;
        this.description = description;
    }

    String label() {
        return label;
    }

    /** What Flink calls it. */
    String backend() {
        return backend;
    }

    String description() {
        return description;
    }
}
