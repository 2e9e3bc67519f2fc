package io.strandline.ingest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pushed records are kept.
 *
 * @param tidyInterval how often records that no version needs any more are let go
 */
@ConfigurationProperties("strandline.ingest")
record IngestSettings(@DefaultValue("PT1M") Duration tidyInterval) {}
