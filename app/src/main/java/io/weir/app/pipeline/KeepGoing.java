package io.weir.app.pipeline;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no record that does not count stop those that do: one that is too large for the dead-letter topic is named in the
 * log by its origin and left out there. Any other failure to write stops the task, which then starts again from its last
 * commit.
 */
public final class KeepGoing implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(KeepGoing.class);

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> message, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            LOG.error(
                    "the record at offset {} of {}-{} is too large for {}: {}",
                    context.offset(),
                    context.topic(),
                    context.partition(),
                    message.topic(),
                    failure.getMessage());
            return Response.resume();
        }
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
