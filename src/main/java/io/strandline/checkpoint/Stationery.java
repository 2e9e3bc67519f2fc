package io.strandline.checkpoint;

import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What a version is written down with: where manifests lie, the time, and a fresh id. */
@Component
record Stationery(StoredVersions versions, Clock clock, TimeOrderedIds ids) {}
