package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryFormTest {
    private static final long[] NUMBERS = {
        0, 1, 63, 64, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, 1L << 53, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private static BinaryReader reader(BinaryWriter out) {
        assertThat(out.toByteArray()).hasSize(out.size());
        return new BinaryReader(out.toByteArray());
    }

    @Test
    void numbersAreReadAsWritten() {
        for (long number : NUMBERS) {
            BinaryWriter out = new BinaryWriter();
            out.writeCount(number);
            out.writeLong(number);
            out.writeLong(~number);
            out.writeSum(number);
            out.writeSum(~number);
            out.writeOrdered(number);
            out.writeOrdered(~number);
            out.writeByte(200);
            BinaryReader in = reader(out);
            assertThat(in.readCount()).isEqualTo(number);
            assertThat(in.readLong()).isEqualTo(number);
            assertThat(in.readLong()).isEqualTo(~number);
            assertThat(in.readSum()).isEqualTo(number);
            assertThat(in.readSum()).isEqualTo(~number);
            assertThat(in.readOrdered()).isEqualTo(number);
            assertThat(in.readOrdered()).isEqualTo(~number);
            assertThat(in.readByte()).isEqualTo(200);
            assertThatThrownBy(in::readByte).hasMessageContaining("end early");
        }
    }

    @Test
    void smallNumbersTakeOneByte() {
        BinaryWriter out = new BinaryWriter();
        out.writeCount(127);
        out.writeLong(63);
        out.writeLong(-64);
        out.writeSum(127);
        assertThat(out.size()).isEqualTo(4);
        out.writeCount(128);
        assertThat(out.size()).isEqualTo(6);
    }

    @Test
    void timesAreReadAsWritten() {
        long[] times = {1_767_225_600_000L, 1_767_225_600_001L, 5, Long.MIN_VALUE, Long.MAX_VALUE};
        BinaryWriter out = new BinaryWriter();
        Arrays.stream(times).forEach(out::writeTime);
        BinaryReader in = reader(out);
        assertThat(Arrays.stream(times).map(time -> in.readTime()).toArray()).isEqualTo(times);
    }

    @Test
    void textsAreSpelledOutOnceAndReadAsWritten() {
        String many = "ö".repeat(300);
        BinaryWriter out = new BinaryWriter();
        List<String> texts = Arrays.asList("mug", null, "", "商品", "mug", many, "商品", many);
        texts.forEach(out::writeText);
        assertThat(out.size()).isLessThan(650);
        BinaryReader in = reader(out);
        texts.forEach(text -> assertThat(in.readText()).isEqualTo(text));
    }

    @Test
    void aTextThatIsAsciiOnlyInItsBeginningIsReadAsWritten() {
        for (int length = 0; length < 300; length++) {
            for (String last : List.of("", "\u007f", "\u0080", "é", "商", "\uD83E\uDED6")) {
                BinaryWriter out = new BinaryWriter(1);
                String text = "m".repeat(length) + last;
                out.writeText(text);
                out.writeText("behind it");
                BinaryReader in = reader(out);
                assertThat(in.readText()).isEqualTo(text);
                assertThat(in.readText()).isEqualTo("behind it");
                assertThat(in.hasMore()).isFalse();
            }
        }
    }

    @Test
    void orderedNumbersSortAsTheirBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            BinaryWriter first = new BinaryWriter();
            BinaryWriter second = new BinaryWriter();
            first.writeOrdered(a);
            second.writeOrdered(b);
            assertThat(Integer.signum(Arrays.compareUnsigned(first.toByteArray(), second.toByteArray())))
                    .isEqualTo(Long.compare(a, b));
        }
    }

    @Test
    void whatCannotBeRightIsRefused() {
        assertThatThrownBy(() -> new BinaryWriter().writeCount(-1)).hasMessageContaining("negative count: -1");
        BinaryWriter negative = new BinaryWriter();
        negative.writeSum(-1);
        assertThatThrownBy(() -> reader(negative).readCount()).hasMessageContaining("negative count: -1");
        BinaryWriter size = new BinaryWriter();
        size.writeCount(2);
        size.writeByte(0);
        assertThatThrownBy(() -> reader(size).readSize()).hasMessageContaining("2 entries in 1 bytes");
        size.writeByte(0);
        assertThat(reader(size).readSize()).isEqualTo(2);
        BinaryWriter reference = new BinaryWriter();
        reference.writeCount(2);
        assertThatThrownBy(() -> reader(reference).readText()).hasMessageContaining("no text has the number 0");
        assertThatThrownBy(() -> reader(negative).readText()).hasMessageContaining("no text has the number");
        BinaryWriter absent = new BinaryWriter();
        absent.writeText(null);
        assertThatThrownBy(() -> reader(absent).readRequiredText()).hasMessageContaining("null");
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xFF);
        assertThatThrownBy(() -> new BinaryReader(endless).readSum()).hasMessageContaining("more than ten bytes");
        assertThatThrownBy(() -> new BinaryReader(new byte[7]).readOrdered()).hasMessageContaining("end early");
    }

    @Test
    void keysOfAllDimensionsAreReadAsWrittenAndEqualTheirCopies() {
        DimensionKey[] keys = DimensionKeys.of("mug", "ads", "spring");
        assertThat(keys).hasSize(Dimension.values().length);
        for (DimensionKey key : keys) {
            BinaryWriter out = new BinaryWriter();
            key.write(out);
            DimensionKey read = DimensionKey.read(reader(out));
            assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
            WindowKey window = new WindowKey(WindowSize.HOUR, 1, key);
            assertThat(new WindowKey(WindowSize.HOUR, 1, read))
                    .isEqualTo(window)
                    .hasSameHashCodeAs(window);
            assertThat(new WindowKey(WindowSize.HOUR, 2, read)).isNotEqualTo(window);
            assertThat(new WindowKey(WindowSize.DAY, 1, read)).isNotEqualTo(window);
            assertThat(Arrays.stream(keys).filter(key::equals)).hasSize(1);
        }
        assertThat(DimensionKey.productSource("mug", "ads")).isNotEqualTo(DimensionKey.productSource("pot", "ads"));
        assertThat(DimensionKey.productSource("mug", "ads")).isNotEqualTo(DimensionKey.productSource("mug", "mail"));
        assertThat(DimensionKey.campaign("ads", "spring")).isNotEqualTo(DimensionKey.campaign("ads", "autumn"));
        assertThatThrownBy(() -> DimensionKey.read(new BinaryReader(new byte[] {5})))
                .hasMessageContaining("no dimension has the number 5");
        assertThatThrownBy(() -> EventType.read(new BinaryReader(new byte[] {3})))
                .hasMessageContaining("no event type has the number 3");
    }

    @Test
    void labelsNameWhatTheyStandFor() {
        for (WindowSize size : WindowSize.values()) {
            assertThat(WindowSize.of(size.label())).isEqualTo(size);
        }
        for (Dimension dimension : Dimension.values()) {
            assertThat(Dimension.of(dimension.label())).isEqualTo(dimension);
        }
        for (Rejection rejection : Rejection.values()) {
            assertThat(Rejection.of(rejection.label())).isEqualTo(rejection);
        }
        assertThatThrownBy(() -> WindowSize.of("1w")).hasMessageContaining("1w");
        assertThatThrownBy(() -> Dimension.of("shop")).hasMessageContaining("shop");
        assertThatThrownBy(() -> Rejection.of("dull")).hasMessageContaining("dull");
    }
}
