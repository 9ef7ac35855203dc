package io.weir.app;

import io.weir.app.alerts.Alert;
import io.weir.app.alerts.Lookout;
import io.weir.app.api.AlertLine;
import io.weir.app.api.Api;
import io.weir.app.api.Peers;
import io.weir.app.api.ShopSettings;
import io.weir.app.config.WeirConfig;
import io.weir.app.figures.LiveFigures;
import io.weir.app.http.Access;
import io.weir.app.pipeline.Pipeline;
import io.weir.domain.Dimension;
import io.weir.domain.WindowSize;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The API over what one instance knows. */
final class InstanceApi {
    private InstanceApi() {}

    /** @param pipeline throws while there is none */
    static Api of(
            WeirConfig config,
            Instance.Extras extras,
            LiveFigures live,
            Lookout lookout,
            Supplier<Pipeline> pipeline,
            Access access) {
        Peers peers = new Peers(
                config.applicationId(),
                access.tls() == null ? null : access.tls().client());
        Api.Sources sources = new Api.Sources(
                live,
                new PipelineRows(pipeline),
                () -> lookout.alerts().stream().map(InstanceApi::line).toList(),
                orderId -> pipeline.get().credits().find(orderId),
                new StreamsMembers(pipeline),
                peers);
        return new Api(shop(config, extras), sources, InstantSource.system());
    }

    private static AlertLine line(Alert alert) {
        Dimension dimension = alert.dimension();
        return new AlertLine(
                alert.name().label(),
                alert.severity().label(),
                dimension == null ? null : dimension.label(),
                alert.product(),
                alert.source(),
                alert.campaign(),
                alert.since().toString(),
                alert.summary(),
                alert.reason(),
                alert.figures());
    }

    private static ShopSettings shop(WeirConfig config, Instance.Extras extras) {
        Map<WindowSize, Duration> retention = new EnumMap<>(WindowSize.class);
        for (WindowSize size : WindowSize.values()) {
            retention.put(size, config.duration("retention." + size.label()));
        }
        return new ShopSettings(
                config.applicationId(),
                config.currency(),
                config.timeZone(),
                Math.toIntExact(config.minVisitors()),
                config.defaultMargin().doubleValue(),
                config.duration("grace").toMillis(),
                config.windows(),
                retention,
                extras.generated(),
                extras.notice());
    }
}
