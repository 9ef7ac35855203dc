package io.weir.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

class BoundedRocksDbTest {
    private static final int KEYS = 10_000;
    private static final int ASKED = 1_000;

    @TempDir
    private Path folder;

    private static byte[] key(String kind, int i) {
        return (kind + i).getBytes(StandardCharsets.UTF_8);
    }

    private static long blocksRead(Statistics statistics) {
        return statistics.getTickerCount(TickerType.BLOCK_CACHE_DATA_HIT)
                + statistics.getTickerCount(TickerType.BLOCK_CACHE_DATA_MISS);
    }

    @Test
    void aVisitorWhoIsNewIsNotLookedForInTheFiles() throws RocksDBException {
        try (Options options = new Options();
                Statistics statistics = new Statistics()) {
            // As Kafka Streams has them before it asks.
            options.setTableFormatConfig(new BlockBasedTableConfig());
            options.setOptimizeFiltersForHits(true);
            options.setCompactionStyle(CompactionStyle.UNIVERSAL);
            options.setCreateIfMissing(true);
            options.setStatistics(statistics);
            new BoundedRocksDb().setConfig("journeys", options, Map.of());
            try (RocksDB store = RocksDB.open(options, folder.toString())) {
                for (int i = 0; i < KEYS; i++) {
                    store.put(key("known", i), new byte[100]);
                }
                store.compactRange();
                long before = blocksRead(statistics);
                for (int i = 0; i < ASKED; i++) {
                    // Between the known ones, or the files' first and last keys would tell.
                    assertThat(store.get(key("known" + i + "-", i))).isNull();
                }
                assertThat(blocksRead(statistics) - before)
                        .as("a filter errs for one key of a hundred")
                        .isLessThan(ASKED / 10);

                before = blocksRead(statistics);
                for (int i = 0; i < ASKED; i++) {
                    assertThat(store.get(key("known", i))).hasSize(100);
                }
                assertThat(blocksRead(statistics) - before).isEqualTo(ASKED);
            }
        }
    }
}
