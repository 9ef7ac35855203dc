package io.weir.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One visitor's open events in total order, each with what it means.
 *
 * <p>Nearly every visitor has a few of them, and a scan finds a duplicate; from {@value #INDEXED_FROM} on an index of
 * the ids does, so that a robot with thousands costs no more an event than a person.
 */
final class OpenEvents {
    private static final int INDEXED_FROM = 32;

    private final List<Event> events = new ArrayList<>();
    private final List<Meaning> meanings = new ArrayList<>();
    private @Nullable Set<Id> ids;

    private record Id(EventType type, String id) {}

    int size() {
        return events.size();
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    Event event(int index) {
        return events.get(index);
    }

    Meaning meaning(int index) {
        return meanings.get(index);
    }

    void replaceMeaning(int index, Meaning meaning) {
        meanings.set(index, meaning);
    }

    /** Where the event belongs; {@link #size} when it comes last. */
    int position(Event event) {
        int last = events.size() - 1;
        if (last < 0 || Event.TOTAL_ORDER.compare(events.get(last), event) < 0) {
            return last + 1;
        }
        int found = Collections.binarySearch(events, event, Event.TOTAL_ORDER);
        return found < 0 ? -found - 1 : found;
    }

    boolean holds(EventType type, String id) {
        if (events.size() >= INDEXED_FROM) {
            return index().contains(new Id(type, id));
        }
        for (Event event : events) {
            if (event.type() == type && event.id().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private Set<Id> index() {
        if (ids == null) {
            ids = new HashSet<>();
            for (Event event : events) {
                ids.add(new Id(event.type(), event.id()));
            }
        }
        return ids;
    }

    void insert(int index, Event event, Meaning meaning) {
        events.add(index, event);
        meanings.add(index, meaning);
        if (ids != null) {
            ids.add(new Id(event.type(), event.id()));
        }
    }

    void removeFirst(int count) {
        if (ids != null) {
            for (Event event : events.subList(0, count)) {
                ids.remove(new Id(event.type(), event.id()));
            }
        }
        events.subList(0, count).clear();
        meanings.subList(0, count).clear();
    }
}
