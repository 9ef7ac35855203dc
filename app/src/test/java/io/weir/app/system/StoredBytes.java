package io.weir.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** All that a stopped instance has left on its disk: the files as they are, and what RocksDB reads from them. */
public final class StoredBytes {
    private StoredBytes() {}

    /** One character for each byte, so that any text of ASCII is found wherever it stands. */
    public static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The files below the folder whose name or content holds this. */
    static List<String> filesWith(Path folder, String searched) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains(searched)
                            || text(read(file)).contains(searched))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys and values of all stores below the folder that hold this, each with the store's folder before it. */
    public static List<String> entriesWith(Path folder, String searched) throws IOException, RocksDBException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path current : files.filter(file -> file.endsWith("CURRENT")).toList()) {
                for (String entry : entries(current.getParent())) {
                    if (entry.contains(searched)) {
                        found.add(current.getParent() + " " + entry);
                    }
                }
            }
        }
        return found;
    }

    private static List<String> entries(Path store) throws RocksDBException {
        RocksDB.loadLibrary();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        try (Options options = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, store.toString())) {
                families.add(new ColumnFamilyDescriptor(name));
            }
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB database = RocksDB.openReadOnly(options, store.toString(), families, handles)) {
            for (ColumnFamilyHandle family : handles) {
                try (RocksIterator iterator = database.newIterator(family)) {
                    for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                        entries.add(text(iterator.key()) + " = " + text(iterator.value()));
                    }
                }
                family.close();
            }
        }
        return entries;
    }
}
