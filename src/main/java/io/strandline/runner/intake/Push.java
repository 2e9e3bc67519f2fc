package io.strandline.runner.intake;

import org.jspecify.annotations.Nullable;

/**
 * Records as a client sent them.
 *
 * @param body their text, UTF-8
 * @param lines whether there is one JSON object a line; else it is an array
 * @param key what the client knows the push by, so that it can be repeated; empty for nothing
 * @param partition where they are to go, null for anywhere
 */
public record Push(
        byte[] body, boolean lines, String key, @Nullable Integer partition) {}
