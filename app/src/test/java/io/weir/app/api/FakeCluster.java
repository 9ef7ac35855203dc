package io.weir.app.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.HostInfo;

/** Who owns what, as all instances of a test believe. Each totals partition goes with the input partition. */
public final class FakeCluster {
    private final int partitions;
    private final List<HostInfo> hosts = new ArrayList<>();
    private final Map<Integer, HostInfo> owners = new ConcurrentHashMap<>();

    public FakeCluster(int partitions) {
        this.partitions = partitions;
    }

    int partitions() {
        return partitions;
    }

    /** One more instance; it owns nothing yet. */
    void join(HostInfo host) {
        hosts.add(host);
    }

    public void assign(int partition, HostInfo host) {
        owners.put(partition, host);
    }

    void withdraw(int partition) {
        owners.remove(partition);
    }

    /** The cluster as this instance sees it. */
    final class View implements Members {
        private final HostInfo self;
        private final Set<Integer> restoring = ConcurrentHashMap.newKeySet();
        private final Set<Integer> lingering = ConcurrentHashMap.newKeySet();

        View(HostInfo self) {
            this.self = self;
        }

        /** Owns it, and has not restored it. */
        void restore(int partition) {
            restoring.add(partition);
        }

        /** Still believes to own what is another's. */
        void linger(int partition) {
            lingering.add(partition);
        }

        @Override
        public int partitions() {
            return partitions;
        }

        @Override
        public HostInfo self() {
            return self;
        }

        @Override
        public Set<HostInfo> all() {
            return new HashSet<>(hosts);
        }

        @Override
        public SortedMap<Integer, HostInfo> owners(Half half) {
            return new TreeMap<>(owners);
        }

        @Override
        public SortedSet<Integer> own(Half half) {
            SortedSet<Integer> own = new TreeSet<>(lingering);
            owners.forEach((partition, host) -> {
                if (host.equals(self) && !restoring.contains(partition)) {
                    own.add(partition);
                }
            });
            return own;
        }
    }
}
