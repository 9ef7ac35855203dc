package io.weir.app.pipeline;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Keeps the memory of all stores together within one bound: left to itself, each of them takes up to 100 MB beside the
 * heap. Method of the Kafka Streams developer guide, "RocksDB memory management".
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFERS_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 16L << 20;

    /** A store takes at least so much of the write buffers, and an instance can have more than a hundred. */
    private static final long ARENA_BLOCK_BYTES = 64L << 10;

    /** After so long at the latest, what was deleted is gone from the files, too. */
    private static final long COMPACTED_EVERY_S = 86_400;

    static {
        RocksDB.loadLibrary();
    }

    // One for the whole process, and never closed: stores come and go with the partitions.
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);
    private static final Filter FILTER = new BloomFilter();

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(FILTER);
        // Kafka Streams leaves out the filters of the last level, as if most keys that are asked for were there. Here
        // one event of three is of a visitor who is new.
        options.setOptimizeFiltersForHits(false);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        options.setMaxWriteBufferNumber(2);
        options.setPeriodicCompactionSeconds(COMPACTED_EVERY_S);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {}
}
