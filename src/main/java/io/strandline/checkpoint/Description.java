package io.strandline.checkpoint;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a version that may change. */
@Schema(name = "SnapshotDescription")
public record Description(
        @Nullable Map<String, String> labels, @Nullable String description) {}
