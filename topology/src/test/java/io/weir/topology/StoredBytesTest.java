package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import io.weir.topology.StoredSamples.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The bytes that lie in the stores, against a golden file. Whatever writes them anew in another form has to say so, or
 * state that is out there would be taken for something else.
 */
class StoredBytesTest {
    private static final String GOLDEN = "stored-bytes.txt";
    private static final Path SOURCE =
            Path.of("src/test/resources/io/weir/topology").resolve(GOLDEN);
    private static final PublicationSerde SERDE = new PublicationSerde();
    private static final HexFormat HEX = HexFormat.of();

    private static final String WHAT_TO_DO = """
            the bytes of %s are not those that are stored out there in format %d.
            If that is meant: raise the number of the format (%s), have what is older read or refused, say in the changelog \
            what becomes of stored state, and write the golden file anew with -Dweir.stored.write=true.
            If it is not, it is a mistake: stored state would be misread.""";

    /**
     * What the golden file has of one entry.
     *
     * @param format the number that says how to read it
     */
    private record Entry(int format, String key, String value) {

        static Entry of(String line) {
            String[] parts = line.split(" ");
            return new Entry(Integer.parseInt(parts[1]), parts[2], parts[3]);
        }

        String line(String name) {
            return name + " " + format + " " + key + " " + value;
        }
    }

    /** Where the number of each format stands. What has none of its own is only read beside progress, which has. */
    private static String numberOf(String name) {
        return switch (name.replaceAll("/.*", "")) {
            case Names.JOURNEYS_STORE -> "Journey.FORMAT";
            case Names.CREDITS_STORE -> "CreditFormat.FORMAT";
            case Names.TOTALS_STORE -> "TotalRow.FORMAT";
            case Names.PUBLICATIONS -> name.endsWith("rows") ? "PublicationSerde.ROWS" : "PartitionProgress.FORMAT";
            default -> "PartitionProgress.FORMAT";
        };
    }

    private static Map<String, Entry> written() {
        Map<String, Entry> entries = new TreeMap<>();
        for (Sample<?, ?> sample : StoredSamples.all()) {
            byte[] value = sample.valueBytes();
            int format = sample.ownNumber() ? value[0] : progressFormat();
            entries.put(sample.name(), new Entry(format, HEX.formatHex(sample.keyBytes()), HEX.formatHex(value)));
        }
        publications().forEach((name, publication) -> {
            byte[] value = bytes(publication);
            int format = publication instanceof Progressed ? progressFormat() : value[0];
            entries.put(name, new Entry(format, HEX.formatHex(ByDimensionKey.recordKey(2)), HEX.formatHex(value)));
        });
        return entries;
    }

    private static int progressFormat() {
        return new Formats.Progress().valueToBytes(new PartitionProgress(0))[0];
    }

    private static Map<String, Publication> publications() {
        WindowKey key = new WindowKey(WindowSize.HOUR, 3_600_000, DimensionKey.product("mug"));
        return Map.of(
                Names.PUBLICATIONS + "/rows",
                PublishedRows.of(3, key, new Tally()),
                Names.PUBLICATIONS + "/progress",
                new Progressed(new PartitionProgress(3)));
    }

    private static byte[] bytes(Publication publication) {
        return SERDE.serializer().serialize(Names.PUBLICATIONS, publication);
    }

    private static Map<String, Entry> golden() throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        for (String line : Files.readAllLines(SOURCE, StandardCharsets.UTF_8)) {
            entries.put(line.substring(0, line.indexOf(' ')), Entry.of(line));
        }
        return entries;
    }

    @Test
    void bytesThatAreStoredChangeOnlyWithTheNumberOfTheirFormat() throws IOException {
        Map<String, Entry> golden = golden();
        Map<String, Entry> written = written();
        written.forEach((name, entry) -> {
            Entry before = golden.get(name);
            if (before != null && before.format() == entry.format()) {
                assertThat(entry)
                        .as(WHAT_TO_DO, name, entry.format(), numberOf(name))
                        .isEqualTo(before);
            }
        });
        if (Boolean.getBoolean("weir.stored.write")) {
            List<String> lines = new ArrayList<>();
            written.forEach((name, entry) -> lines.add(entry.line(name)));
            Files.write(SOURCE, lines, StandardCharsets.UTF_8);
        }
        assertThat(golden().keySet()).as("the golden file %s", SOURCE).isEqualTo(written.keySet());
        assertThat(golden())
                .as("%s is of another format: write it anew with -Dweir.stored.write=true", SOURCE)
                .isEqualTo(written);
    }

    @Test
    void bytesThatAreStoredAreReadAsWhatTheyWereWrittenOf() throws IOException {
        Map<String, Entry> golden = golden();
        for (Sample<?, ?> sample : StoredSamples.all()) {
            Entry entry = golden.get(sample.name());
            assertThat(HEX.formatHex(sample.rewrittenKey(HEX.parseHex(entry.key()))))
                    .as("the key of %s", sample)
                    .isEqualTo(entry.key());
            assertThat(HEX.formatHex(sample.rewrittenValue(HEX.parseHex(entry.value()))))
                    .as("the value of %s", sample)
                    .isEqualTo(entry.value());
        }
        for (String name : publications().keySet()) {
            String value = golden.get(name).value();
            Publication read = SERDE.deserializer().deserialize(Names.PUBLICATIONS, HEX.parseHex(value));
            assertThat(HEX.formatHex(bytes(read))).as(name).isEqualTo(value);
        }
    }
}
