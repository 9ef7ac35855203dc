package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.app.pipeline.ClientSettings;
import io.weir.app.system.Application;
import io.weir.app.system.Child;
import io.weir.app.system.CommandRun;
import io.weir.app.system.Folders;
import io.weir.app.system.Programs;
import io.weir.app.system.RunningWeir;
import io.weir.app.system.StoredBytes;
import io.weir.dose.Dose;
import io.weir.oracle.EventRow;
import io.weir.topology.Names;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the state directory changes no figure: it is a copy of what the changelogs hold. */
class StateFaultsTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String FORGOTTEN = "to-be-forgotten";

    @TempDir
    static Path brokerFolder;

    private static FragileBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = FragileBroker.start(brokerFolder);
    }

    @AfterAll
    static void endBroker() throws Exception {
        broker.close();
    }

    @Test
    void aStateDirectoryInUseIsRefusedAndTheCureIsNamed() throws Exception {
        try (Trial trial = new Trial("locked", broker, folder, Map.of())) {
            trial.begin(1);
            Path state = trial.weir().stateDir(1);
            Child second = trial.weir().start(2, Map.of("state.dir", state.toString()));

            assertThat(second.exitStatus(Duration.ofSeconds(60))).isEqualTo(1);

            assertThat(second.err()).contains(state.toString(), "state.dir").doesNotContain("\tat ");
            trial.judge();
        }
    }

    @Test
    void filesOfStateThatAreCorruptAreMadeAnew() throws Exception {
        try (Trial trial = new Trial("corrupt", broker, folder, Map.of())) {
            trial.begin(1);
            trial.stop(1);
            assertThat(corruptFiles(trial.weir().stateDir(1))).isPositive();

            trial.start(1);

            trial.awaitProgress();
            assertThat(trial.instance(1).err()).contains("made anew from the changelogs");
            trial.judge();
        }
    }

    @Test
    void stateThatIsOlderThanTheMarksOfDeletionsIsMadeAnew() throws Exception {
        try (Trial trial = new Trial("outdated", broker, folder, Map.of())) {
            trial.publish(
                    List.of(EventRow.visit("once", FORGOTTEN, "mug", "ads", null, null, Traffic.START.toEpochMilli())));
            trial.begin(1);
            trial.stop(1);
            Path state = trial.weir().stateDir(1);
            Path old = folder.resolve("old");
            Folders.copy(state, old);
            assertThat(StoredBytes.entriesWith(old, FORGOTTEN)).isNotEmpty();
            trial.start(1);
            forget(trial.weir());
            dropMarksOfDeletions(trial.weir(), "outdated-" + Names.JOURNEYS_STORE + "-changelog");
            trial.stop(1);
            Folders.delete(state);
            Files.move(old, state);
            lastWritten(state, Instant.now().minus(Duration.ofDays(1)));

            trial.start(1);

            trial.awaitProgress();
            trial.judge();
            trial.stop(1);
            assertThat(StoredBytes.entriesWith(state, FORGOTTEN)).isEmpty();
        }
    }

    @Test
    void stateThatIsKeptUpToDateIsMarkedSo() throws Exception {
        try (Trial trial = new Trial("marked", broker, folder, Map.of())) {
            trial.begin(1);
            Path state = trial.weir().stateDir(1).resolve("marked");
            Instant before = Instant.now().minus(Duration.ofHours(1));
            lastWritten(state, before);

            await().atMost(LONG)
                    .until(() -> tasksOf(state).stream().allMatch(task -> task.lastModified() > before.toEpochMilli()));

            assertThat(tasksOf(state)).hasSize(2 * Application.PARTITIONS);
        }
    }

    private static List<File> tasksOf(Path state) {
        return List.of(state.toFile().listFiles((folder, name) -> name.matches("\\d+_\\d+")));
    }

    private static void forget(Application weir) {
        List<String> arguments = new ArrayList<>(List.of("forget", FORGOTTEN, "--within", "PT2M"));
        arguments.addAll(weir.asOptions());
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.status()).as("%s", run).isZero();
    }

    /** Has the broker compact a changelog at once, until nothing in it tells of the visitor who was forgotten. */
    private static void dropMarksOfDeletions(Application weir, String changelog) throws Exception {
        try (Admin admin = Admin.create(ClientSettings.admin(weir.config()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, changelog),
                            set(Map.of(
                                    TopicConfig.SEGMENT_MS_CONFIG, "500",
                                    TopicConfig.DELETE_RETENTION_MS_CONFIG, "0",
                                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "1",
                                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.0")),
                            new ConfigResource(ConfigResource.Type.BROKER, ""),
                            set(Map.of("log.cleaner.backoff.ms", "500"))))
                    .all()
                    .get();
        }
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> weir.read(changelog).stream()
                        .noneMatch(record -> StoredBytes.text(record.key()).contains(FORGOTTEN)));
    }

    private static Collection<AlterConfigOp> set(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static void lastWritten(Path folder, Instant moment) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.toList()) {
                Files.setLastModifiedTime(each, FileTime.from(moment));
            }
        }
    }

    @Test
    void stateOfAnotherVersionIsRefusedAndTheCureIsNamed() throws Exception {
        try (Trial trial = new Trial("upgrade", broker, folder, Map.of())) {
            trial.begin(1);
            trial.stop(1);
            Path state = trial.weir().stateDir(1);
            Folders.delete(state);
            storeInAnotherFormat(trial.weir(), "upgrade-" + Names.PARTITION_PROGRESS_STORE + "-changelog");

            Child refusing = trial.weir().start(1);

            assertThat(refusing.exitStatus(Duration.ofSeconds(90))).isEqualTo(1);
            assertThat(refusing.err())
                    .contains("written by another version of Weir", "stored in format 77", "application.id");
        }
    }

    private static void storeInAnotherFormat(Application weir, String changelog) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ConsumerRecord<byte[], byte[]> stored : weir.read(changelog)) {
                byte[] value = stored.value().clone();
                value[0] = 77;
                producer.send(new ProducerRecord<>(changelog, stored.partition(), stored.key(), value));
            }
        }
    }

    /** Overwrites the middle of every table of RocksDB. */
    private static int corruptFiles(Path state) throws IOException {
        Random random = new Random(Dose.SEED);
        int files = 0;
        try (Stream<Path> found = Files.walk(state)) {
            for (Path table :
                    found.filter(file -> file.toString().endsWith(".sst")).toList()) {
                try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                    byte[] noise = new byte[(int) Math.min(file.length() / 2, 4_000)];
                    random.nextBytes(noise);
                    file.seek(file.length() / 4);
                    file.write(noise);
                    files++;
                }
            }
        }
        return files;
    }

    @Test
    void aFullDiskStopsTheFiguresAndFreeSpaceLetsThemGoOn() throws Exception {
        try (Trial trial = new Trial("full", broker, folder, Map.of())) {
            Path state = Files.createDirectories(trial.weir().stateDir(1));
            Child instance = trial.start(1, ownDisk(state));
            RunningWeir weir = RunningWeir.of(instance);
            trial.beginTraffic();
            Path disk = Path.of("/proc", Long.toString(instance.pid()), "root")
                    .resolve(state.toString().substring(1));
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            await().atMost(LONG).ignoreExceptions().until(() -> weir.status("health/ready") == 503);
            assertThat(instance.err()).contains("No space left on device");

            Files.delete(ballast);

            trial.awaitProgress();
            trial.judge();
        }
    }

    /**
     * Starts a process with a small disk of its own at this folder. Where that is not allowed the test is skipped; in CI,
     * which allows it, it fails.
     */
    private static List<String> ownDisk(Path folder) throws IOException, InterruptedException {
        Programs.require("unshare", "util-linux");
        List<String> by = List.of(
                "unshare",
                "--mount",
                "--map-root-user",
                "sh",
                "-c",
                "mount -t tmpfs -o size=256m weir '" + folder + "' && exec \"$@\"",
                "sh");
        Process trial =
                new ProcessBuilder(Stream.concat(by.stream(), Stream.of("true")).toList()).start();
        boolean allowed = trial.waitFor() == 0;
        String reason = "this machine lets nobody mount a disk of his own (unshare --mount)";
        if (System.getenv("CI") != null) {
            assertThat(allowed).as(reason).isTrue();
        }
        assumeTrue(allowed, reason);
        return by;
    }

    private static void fill(Path file) throws IOException {
        byte[] chunk = new byte[64 << 10];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }
}
