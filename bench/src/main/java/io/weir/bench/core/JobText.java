package io.weir.bench.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.bench.Job;
import java.io.Serializable;

/** A job as text, for engines that send the parts of a program to their threads as serialized objects. */
public record JobText(String json) implements Serializable {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static JobText of(Job job) {
        try {
            return new JobText(MAPPER.writeValueAsString(job));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the job cannot be written", e);
        }
    }

    public Job job() {
        try {
            return MAPPER.readValue(json, Job.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the job cannot be read back", e);
        }
    }
}
