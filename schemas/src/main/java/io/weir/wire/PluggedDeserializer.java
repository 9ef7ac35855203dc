package io.weir.wire;

import static io.weir.wire.WireException.Fault.UNDECODABLE;
import static io.weir.wire.WireException.Fault.UNKNOWN_SCHEMA;
import static io.weir.wire.WireException.Fault.WRONG_SCHEMA;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's deserializer, held to our contract: it yields our records or throws {@link WireException} or
 * {@link RegistryUnavailableException}. Foreign classes throw one exception for both; its causes tell them apart.
 *
 * <p>As safe for use by several threads as the class that is plugged in; Confluent's is.
 */
final class PluggedDeserializer implements Deserializer<SpecificRecord> {
    /** How Confluent's client words an error that the registry answered with. */
    private static final Pattern REGISTRY_ERROR = Pattern.compile("error code: (\\d{3,5})");

    private final Deserializer<?> delegate;
    private final Map<String, Schema> byTopic;

    /**
     * @param delegate already configured
     * @param byTopic the record that a topic must carry, for those that are told
     */
    PluggedDeserializer(Deserializer<?> delegate, Map<String, Schema> byTopic) {
        this.delegate = delegate;
        this.byTopic = byTopic;
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] data) {
        return held(topic, () -> delegate.deserialize(topic, data));
    }

    @Override
    public SpecificRecord deserialize(String topic, Headers headers, byte[] data) {
        return held(topic, () -> delegate.deserialize(topic, headers, data));
    }

    @Override
    public void close() {
        delegate.close();
    }

    @SuppressWarnings("NullAway") // Kafka's contract: null in, null out
    private SpecificRecord held(String topic, Supplier<@Nullable Object> call) {
        Object value;
        try {
            value = call.get();
        } catch (WireException | RegistryUnavailableException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            throw sorted(topic, e);
        }
        if (value == null) {
            return null;
        }
        Schema expected = byTopic.get(topic);
        if (value instanceof SpecificRecord ours && RecordTypes.names().contains(nameOf(ours))) {
            if (expected == null || expected.getFullName().equals(nameOf(ours))) {
                return ours;
            }
        }
        String kind = value.getClass().getName();
        String wanted = expected == null ? "one of " + RecordTypes.names() : expected.getFullName();
        throw new WireException(
                WRONG_SCHEMA,
                topic + ": " + delegate.getClass().getSimpleName() + " yielded " + kind + ", expected " + wanted);
    }

    private static String nameOf(SpecificRecord record) {
        return record.getSchema().getFullName();
    }

    private RuntimeException sorted(String topic, RuntimeException e) {
        String name = delegate.getClass().getSimpleName();
        boolean refused = e instanceof ApiException;
        WireException.Fault fault = UNDECODABLE;
        String reason = String.valueOf(e.getMessage());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            reason = reason + ": " + cause.getMessage();
            Matcher registryError = REGISTRY_ERROR.matcher(String.valueOf(cause.getMessage()));
            if (registryError.find()) {
                boolean notFound = registryError.group(1).startsWith("404");
                fault = notFound ? UNKNOWN_SCHEMA : fault;
                refused |= !notFound;
            }
            refused |= cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof InterruptedIOException
                    || cause instanceof SSLException;
            if (cause instanceof AvroTypeException) {
                fault = WRONG_SCHEMA;
            }
        }
        return refused
                ? new RegistryUnavailableException(name + " got no answer from the schema registry: " + reason, e)
                : new WireException(fault, topic + ": " + name + ": " + reason, e);
    }
}
