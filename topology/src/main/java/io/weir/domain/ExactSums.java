package io.weir.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums that are exact whatever is added and taken back, and that read as {@link #BEYOND} while they are out of the range
 * of {@code long}. For sums that nothing bounds and that must neither stop a task nor wrap. Not thread-safe.
 */
public final class ExactSums {
    /** What a sum reads as that is this or more; one that is as far below zero reads as the negative of it. */
    public static final long BEYOND = Long.MAX_VALUE;

    /** Of each sum what is left when multiples of 2<sup>64</sup> are taken off. */
    private final long[] rests;

    /** How many times 2<sup>64</sup> each sum has besides its rest; null as long as none ever had, as is usual. */
    private int @Nullable [] carries;

    public ExactSums(int size) {
        this(new long[size], null);
    }

    private ExactSums(long[] rests, int @Nullable [] carries) {
        this.rests = rests;
        this.carries = carries;
    }

    public void add(int at, long amount) {
        long before = rests[at];
        long after = before + amount;
        rests[at] = after;
        if (((before ^ after) & (amount ^ after)) < 0) {
            if (carries == null) {
                carries = new int[rests.length];
            }
            carries[at] += amount < 0 ? -1 : 1;
        }
    }

    public void subtract(int at, long amount) {
        if (amount == Long.MIN_VALUE) {
            add(at, 1);
            add(at, Long.MAX_VALUE);
        } else {
            add(at, -amount);
        }
    }

    public long get(int at) {
        int carry = carries == null ? 0 : carries[at];
        if (carry == 0) {
            return Math.max(rests[at], -BEYOND);
        }
        return carry > 0 ? BEYOND : -BEYOND;
    }

    /** What {@link #get} gives for each; a copy. */
    public long[] toArray() {
        long[] values = new long[rests.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    public boolean isZero() {
        for (int i = 0; i < rests.length; i++) {
            if (get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    public ExactSums copy() {
        return new ExactSums(rests.clone(), carries == null ? null : carries.clone());
    }

    /** Writes the rests, and the carries only where there are some; so nothing may follow. */
    public void write(BinaryWriter out) {
        for (long rest : rests) {
            out.writeLong(rest);
        }
        if (carries != null && Arrays.stream(carries).anyMatch(carry -> carry != 0)) {
            for (int carry : carries) {
                out.writeLong(carry);
            }
        }
    }

    public static ExactSums read(int size, BinaryReader in) {
        long[] rests = new long[size];
        for (int i = 0; i < size; i++) {
            rests[i] = in.readLong();
        }
        if (!in.hasMore()) {
            return new ExactSums(rests, null);
        }
        int[] carries = new int[size];
        for (int i = 0; i < size; i++) {
            carries[i] = (int) in.readLong();
        }
        return new ExactSums(rests, carries);
    }
}
