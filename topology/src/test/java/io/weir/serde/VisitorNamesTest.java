package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitorNamesTest {
    private static final byte[] KEY = bytes("0123456789abcdef0123456789abcdef");
    private static final byte[] OTHER = bytes("fedcba9876543210fedcba9876543210");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code printf %s ann | openssl dgst -sha256 -hmac KEY -binary | head -c 16 | basenc --base64url}, unpadded. */
    @Test
    void aPseudonymIsTheBeginningOfTheHmacInBase64Url() {
        assertThat(VisitorNames.by(KEY).name(bytes("ann"))).isEqualTo("B9tbS7pf71PHY_GpyxroLA");
        assertThat(VisitorNames.by(KEY).name(bytes("顾客"))).isEqualTo("ahvFS6spK83SJFKpJPlvCQ");
    }

    @Test
    void theSameVisitorHasTheSamePseudonymAndAnotherKeyGivesAnother() {
        VisitorNames names = VisitorNames.by(KEY);
        String ann = names.name(bytes("ann"));
        assertThat(names.name(bytes("bob"))).isNotEqualTo(ann);
        assertThat(names.name(bytes("ann"))).isEqualTo(ann);
        assertThat(VisitorNames.by(KEY).name(bytes("ann"))).isEqualTo(ann);
        assertThat(VisitorNames.by(OTHER).name(bytes("ann"))).isNotEqualTo(ann);
        assertThat(ann).hasSize(22).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theNameBeforeIsThatOfTheEarlierKeyOrTheId() {
        assertThat(VisitorNames.by(KEY).nameBefore(bytes("ann"))).isNull();
        assertThat(VisitorNames.by(KEY, OTHER).name(bytes("ann")))
                .isEqualTo(VisitorNames.by(KEY).name(bytes("ann")));
        assertThat(VisitorNames.by(KEY, OTHER).nameBefore(bytes("ann")))
                .isEqualTo(VisitorNames.by(OTHER).name(bytes("ann")));
        assertThat(VisitorNames.byKeySinceIds(KEY).nameBefore(bytes("ann"))).isEqualTo("ann");
        assertThat(VisitorNames.asTheyCome().name(bytes("ann"))).isEqualTo("ann");
        assertThat(VisitorNames.asTheyCome().nameBefore(bytes("ann"))).isNull();
    }

    /** {@code printf '\xffkey' | openssl dgst -sha256 -hmac KEY | tail -c 65 | head -c 16}. */
    @Test
    void aFingerprintIsTheBeginningOfTheHmacOfNobody() {
        assertThat(VisitorNames.by(KEY).fingerprint()).isEqualTo("0b62c8025e0ff1e2");
        assertThat(VisitorNames.by(KEY, OTHER).fingerprint()).isEqualTo("0b62c8025e0ff1e2");
        assertThat(VisitorNames.byKeySinceIds(KEY).fingerprint()).isEqualTo("0b62c8025e0ff1e2");
        assertThat(VisitorNames.by(OTHER).fingerprint()).isNotEqualTo("0b62c8025e0ff1e2");
        assertThat(VisitorNames.asTheyCome().fingerprint()).isEqualTo(VisitorNames.IDS);
    }

    @Test
    void visitorsOfTheKeyAndOfTheOneBeforeAreFoundAndNoOthers() {
        String key = VisitorNames.by(KEY).fingerprint();
        String other = VisitorNames.by(OTHER).fingerprint();
        assertFinds(VisitorNames.asTheyCome(), VisitorNames.IDS);
        assertFinds(VisitorNames.by(KEY), key);
        assertFinds(VisitorNames.by(KEY, OTHER), key, other);
        assertFinds(VisitorNames.by(OTHER, KEY), key, other);
        assertFinds(VisitorNames.byKeySinceIds(KEY), key, VisitorNames.IDS);
    }

    private static void assertFinds(VisitorNames names, String... found) {
        List<String> all = List.of(
                VisitorNames.IDS,
                VisitorNames.by(KEY).fingerprint(),
                VisitorNames.by(OTHER).fingerprint());
        assertThat(all.stream().filter(names::find)).containsExactlyInAnyOrder(found);
    }
}
