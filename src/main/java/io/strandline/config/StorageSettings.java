package io.strandline.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the disk is used.
 *
 * @param reserve kept free for what frees space, at most a fiftieth of the disk: with less than this beside it no
 *     checkpoint begins and nothing is taken in from outside; 0 keeps none
 */
@ConfigurationProperties("strandline.storage")
record StorageSettings(@DefaultValue("16MB") DataSize reserve) {}
