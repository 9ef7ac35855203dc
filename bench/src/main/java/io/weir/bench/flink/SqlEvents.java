package io.weir.bench.flink;

import io.weir.bench.Job;
import io.weir.bench.core.Arrival;
import io.weir.bench.core.JobText;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Decodes one input to rows of its table; what is no valid event is dropped. */
final class SqlEvents extends RichFlatMapFunction<Arrival, Row> {
    private static final long serialVersionUID = 1;

    private final EventType input;
    private final JobText job;
    private transient EventReader reader;
    private transient String topic;

    @SuppressWarnings("NullAway.Init")
    SqlEvents(EventType input, JobText job) {
        this.input = input;
        this.job = job;
    }

    /** The columns of the input's table, but for its time attribute. */
    static TypeInformation<Row> columns(EventType input) {
        return switch (input) {
            case CLICK ->
                columns(
                        List.of("click_id", "visitor_id", "product_id", "source", "campaign_id"),
                        List.of("cost_micros", "event_ms"));
            case VISIT ->
                columns(List.of("visitor_id", "product_id", "source", "campaign_id", "click_id"), List.of("event_ms"));
            case PAYMENT ->
                columns(List.of("visitor_id", "product_id"), List.of("quantity", "amount_micros", "event_ms"));
        };
    }

    private static TypeInformation<Row> columns(List<String> texts, List<String> numbers) {
        List<String> names = new ArrayList<>(texts);
        names.addAll(numbers);
        List<TypeInformation<?>> types = new ArrayList<>(Collections.nCopies(texts.size(), Types.STRING));
        types.addAll(Collections.nCopies(numbers.size(), Types.LONG));
        return Types.ROW_NAMED(names.toArray(String[]::new), types.toArray(TypeInformation[]::new));
    }

    @Override
    public void open(OpenContext context) {
        Job opened = job.job();
        reader = opened.eventReader();
        topic = opened.topic(input);
    }

    @Override
    public void flatMap(Arrival arrival, Collector<Row> out) {
        try {
            Event event = reader.read(input, topic, new RecordHeaders(), arrival.key(), arrival.value(), Job.LATEST_MS);
            out.collect(row(event));
        } catch (RejectedException e) {
            // No event: no row.
        }
    }

    private static Row row(Event event) {
        if (event instanceof Click click) {
            return Row.of(
                    click.id(),
                    click.visitorId(),
                    click.productId(),
                    click.source(),
                    click.campaignId(),
                    click.costMicros(),
                    click.timeMs());
        }
        if (event instanceof Visit visit) {
            return Row.of(
                    visit.visitorId(),
                    visit.productId(),
                    visit.source(),
                    visit.campaignId(),
                    visit.clickId(),
                    visit.timeMs());
        }
        Payment payment = (Payment) event;
        return Row.of(
                payment.visitorId(), payment.productId(), payment.quantity(), payment.amountMicros(), payment.timeMs());
    }
}
