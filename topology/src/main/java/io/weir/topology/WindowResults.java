package io.weir.topology;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Journey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.schema.WindowResult;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Window rows as the Avro records of the windows topic, and back. */
public final class WindowResults {
    private WindowResults() {}

    /** @param watermarkMs event time, milliseconds; {@link Journey#NO_STREAM_TIME} while it is not known */
    public static SpecificRecord of(WindowRow row, long watermarkMs) {
        DimensionKey key = row.key();
        Measures measures = row.measures();
        return WindowResult.newBuilder()
                .setWindow(row.size().label())
                .setWindowStart(Instant.ofEpochMilli(row.startMs()))
                .setWindowEnd(Instant.ofEpochMilli(row.endMs()))
                .setDimension(key.dimension().label())
                .setProductId(key.productId())
                .setSource(key.source())
                .setCampaignId(key.campaignId())
                .setClicks(measures.get(Measure.CLICKS))
                .setCostMicros(measures.get(Measure.COST_MICROS))
                .setLandings(measures.get(Measure.LANDINGS))
                .setVisits(measures.get(Measure.VISITS))
                .setVisitors(measures.get(Measure.VISITORS))
                .setPayments(measures.get(Measure.PAYMENTS))
                .setBuyers(measures.get(Measure.BUYERS))
                .setUnits(measures.get(Measure.UNITS))
                .setRevenueMicros(measures.get(Measure.REVENUE_MICROS))
                .setHaloPayments(measures.get(Measure.HALO_PAYMENTS))
                .setHaloRevenueMicros(measures.get(Measure.HALO_REVENUE_MICROS))
                .setRevision(row.revision())
                .setFinal$(row.isFinal())
                .setWatermark(watermarkMs == Journey.NO_STREAM_TIME ? null : Instant.ofEpochMilli(watermarkMs))
                .build();
    }

    public static WindowRow read(WindowResult result) {
        return new WindowRow(
                WindowSize.of(result.getWindow()),
                result.getWindowStart().toEpochMilli(),
                result.getWindowEnd().toEpochMilli(),
                DimensionKey.of(
                        Dimension.of(result.getDimension()),
                        result.getProductId(),
                        result.getSource(),
                        result.getCampaignId()),
                Measures.of(
                        result.getClicks(),
                        result.getCostMicros(),
                        result.getLandings(),
                        result.getVisits(),
                        result.getVisitors(),
                        result.getPayments(),
                        result.getBuyers(),
                        result.getUnits(),
                        result.getRevenueMicros(),
                        result.getHaloPayments(),
                        result.getHaloRevenueMicros()),
                result.getRevision(),
                result.getFinal$());
    }
}
