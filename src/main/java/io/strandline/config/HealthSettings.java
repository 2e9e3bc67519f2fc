package io.strandline.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When the server counts as unwell.
 *
 * @param leastFree with less free space in the data directory the server counts as degraded
 */
@ConfigurationProperties("strandline.health")
record HealthSettings(@DefaultValue("100MB") DataSize leastFree) {}
