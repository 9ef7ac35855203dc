package io.weir.domain;

import java.util.Comparator;

/**
 * Orders strings by Unicode code point, which is also the order of their UTF-8 bytes, so that a batch computation in
 * another language sorts as Weir does. {@link String#compareTo} orders by UTF-16 code unit instead and puts characters
 * outside the basic plane before U+E000 to U+FFFF.
 */
public enum CodePointOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean supplementaryX = Character.isSurrogate(x);
                return supplementaryX == Character.isSurrogate(y) ? Character.compare(x, y) : supplementaryX ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
